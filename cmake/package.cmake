# SPDX-License-Identifier: EUPL-1.2
# The package for Debian: `tools/package PRESET` builds it. What lies where follows Debian's policy.
if(NOT TARGET kringwerk)
  return()
endif()
set(packaging ${CMAKE_SOURCE_DIR}/packaging)
set(made ${CMAKE_BINARY_DIR}/package)
file(MAKE_DIRECTORY ${made})

# The licence as a paragraph of the copyright file: indented, with a dot for an empty line.
file(READ ${packaging}/debian/copyright copyright)
file(READ ${CMAKE_SOURCE_DIR}/LICENSE licence)
string(REGEX REPLACE "[ \t]+\n" "\n" licence "${licence}")
string(REGEX REPLACE "\n+$" "" licence "${licence}")
string(REPLACE "\n" "\n " licence " ${licence}")
string(REPLACE "\n \n" "\n .\n" licence "${licence}")
string(REPLACE "\n \n" "\n .\n" licence "${licence}")
file(WRITE ${made}/copyright "${copyright}${licence}\n")

# Without names and moments inside, so that the same sources give the same bytes.
function(kringwerk_zipped from to)
  add_custom_command(OUTPUT ${made}/${to} COMMAND gzip -9nc ${from} > ${made}/${to} DEPENDS ${from} VERBATIM)
endfunction()
kringwerk_zipped(${packaging}/kringwerk.1 kringwerk.1.gz)
kringwerk_zipped(${packaging}/debian/changelog changelog.gz)
kringwerk_zipped(${CMAKE_SOURCE_DIR}/CHANGELOG.md CHANGELOG.md.gz)
add_custom_target(package_files DEPENDS ${made}/kringwerk.1.gz ${made}/changelog.gz ${made}/CHANGELOG.md.gz)
add_dependencies(package_files kringwerk)

set(documents /usr/share/doc/kringwerk)
install(TARGETS kringwerk RUNTIME DESTINATION /usr/bin)
install(FILES ${packaging}/kringwerk.service DESTINATION /lib/systemd/system)
install(FILES ${packaging}/kringwerk.toml DESTINATION /etc/kringwerk)
install(FILES ${made}/kringwerk.1.gz DESTINATION /usr/share/man/man1)
install(FILES ${made}/copyright ${made}/changelog.gz ${made}/CHANGELOG.md.gz DESTINATION ${documents})
install(FILES ${packaging}/Caddyfile ${packaging}/nginx.conf DESTINATION ${documents}/examples)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME kringwerk)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT "The maintainers of Kringwerk <kringwerk@example.org>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "keeps the books of circular craft centres")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION "Kringwerk runs a network of circular craft centres: places where people
bring what they no longer use, and where it is sorted, repaired, sold or
taken apart. What happens to goods, money and time is booked once, in a
ledger that only grows; every figure opens down to the movement.
.
One server holds it all: a public site, a staff app that works without
network, and an API. The books are a file, or a PostgreSQL database.")
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION web)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
# What it links with, dpkg-shlibdeps finds. Letters for documents and the rules of the clock are data.
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "adduser, fonts-dejavu-core, tzdata")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "caddy | nginx, postgresql")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA ${packaging}/debian/postinst ${packaging}/debian/prerm
  ${packaging}/debian/postrm ${packaging}/debian/conffiles)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE
  WORLD_READ WORLD_EXECUTE)
include(CPack)

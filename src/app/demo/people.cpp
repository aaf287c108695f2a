// SPDX-License-Identifier: EUPL-1.2
#include "app/demo/people.hpp"

#include "rooms/people/people.hpp"

#include <array>
#include <string>

namespace kringwerk::demo {

void add_people(Transaction& tx, CentreId centre, Instant now) {
    using people::Role;
    struct Worker {
        std::string_view name;
        Role role;
    };
    static constexpr std::array<Worker, 6> workers{{{"Poortmedewerker A", Role::volunteer},
                                                    {"Poortmedewerker B", Role::volunteer},
                                                    {"Sorteerder", Role::sorter},
                                                    {"Reparateur", Role::repairer},
                                                    {"Kassa", Role::till},
                                                    {"Dagleider", Role::lead}}};
    static const auto pin = people::make_pin(everybodys_pin); // the same for all: it is no secret
    for (const auto& worker : workers) {
        const auto person = people::add_person(tx, {std::string(worker.name)}, now);
        ensure(person.has_value(), "a name of the example is a name");
        people::give_role(tx, *person, {centre, worker.role}, now);
        people::set_pin(tx, *person, pin);
    }
}

} // namespace kringwerk::demo

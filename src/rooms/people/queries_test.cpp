// SPDX-License-Identifier: EUPL-1.2
#include "rooms/people/queries.hpp"

#include "platform/store/queries_testing.hpp"

TEST_CASE("the database understands every query of this room") {
    kringwerk::testing::check_queries(kringwerk::people::sql::all);
}

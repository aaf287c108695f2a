// SPDX-License-Identifier: EUPL-1.2
#include "rooms/intake/queries.hpp"

#include "platform/store/queries_testing.hpp"

TEST_CASE("the database understands every query of this room") {
    kringwerk::testing::check_queries(kringwerk::intake::sql::all);
}

// SPDX-License-Identifier: EUPL-1.2
#include "rooms/network/queries.hpp"

#include "platform/store/queries_testing.hpp"

TEST_CASE("the database understands every query of this room") {
    kringwerk::testing::check_queries(kringwerk::network::sql::all);
}

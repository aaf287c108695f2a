// SPDX-License-Identifier: EUPL-1.2
#include "app/queries.hpp"

#include "platform/store/queries_testing.hpp"

TEST_CASE("the database understands every query of the program itself") {
    kringwerk::testing::check_queries(kringwerk::app::sql::all);
}

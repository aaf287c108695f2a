// SPDX-License-Identifier: EUPL-1.2
#include "platform/jobs/queries.hpp"

#include "platform/store/queries_testing.hpp"

TEST_CASE("the database understands every query about jobs") {
    kringwerk::testing::check_queries(kringwerk::jobs::sql::all);
}

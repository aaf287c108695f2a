// SPDX-License-Identifier: EUPL-1.2
#include "platform/mail/queries.hpp"

#include "platform/store/queries_testing.hpp"

TEST_CASE("the database understands every query about mail") {
    kringwerk::testing::check_queries(kringwerk::mail::sql::all);
}

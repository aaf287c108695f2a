// SPDX-License-Identifier: EUPL-1.2
#include "platform/print/sheet.hpp"

namespace kringwerk::print {
namespace {

/// The footer stands in the margin below it.
constexpr double bottom = page_height - margin;

} // namespace

double Sheets::left_over() const { return bottom - top_; }
double Sheets::whole() { return bottom - margin; }
bool Sheets::at_top() const { return top_ <= margin; }

void Sheets::gap(double height) {
    if (!at_top()) top_ += height;
}

void Sheets::need(double height) {
    if (height > left_over() && !at_top()) begin_page();
}

void Sheets::begin_page() {
    pages_.emplace_back();
    top_ = margin;
}

void Sheets::tagged(const char* tag, Words words) {
    open(tag);
    put(std::move(words));
    close(tag);
}

} // namespace kringwerk::print

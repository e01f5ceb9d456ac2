#include "batch/delivery_order.h"

namespace cutout::batch {

void DeliveryOrder::add(Job& job, Band band) {
    job.band_ = band;
    Line& line = line_of(job);
    job.earlier_ = line.last;
    job.later_ = nullptr;
    (line.last == nullptr ? line.first : line.last->later_) = &job;
    line.last = &job;
}

void DeliveryOrder::remove(Job& job) {
    Line& line = line_of(job);
    (job.earlier_ == nullptr ? line.first : job.earlier_->later_) = job.later_;
    (job.later_ == nullptr ? line.last : job.later_->earlier_) = job.earlier_;
    if (strict_) let_out_heads(line); // those that waited for it
}

void DeliveryOrder::end(Job& job) {
    job.ended_ = true;
    ++ended_;
    if (strict_) {
        let_out_heads(line_of(job));
    } else {
        remove(job);
        let_out(job);
    }
}

void DeliveryOrder::take() {
    out_first_ = out_first_->next;
    --ended_;
}

void DeliveryOrder::set_strict(bool strict) {
    if (strict_ == strict) return;
    strict_ = strict;
    if (strict) return;
    for (Line& line : lines_) { // nobody waits for anybody any more
        for (Job *job = line.first, *later = nullptr; job != nullptr; job = later) {
            later = job->later_;
            if (!job->ended_) continue;
            remove(*job);
            let_out(*job);
        }
    }
}

void DeliveryOrder::let_out(Job& job) {
    job.next = nullptr;
    (out_first_ == nullptr ? out_first_ : out_last_->next) = &job;
    out_last_ = &job;
}

void DeliveryOrder::let_out_heads(Line& line) {
    while (line.first != nullptr && line.first->ended_) {
        Job& job = *line.first;
        line.first = job.later_;
        (line.first == nullptr ? line.last : line.first->earlier_) = nullptr;
        let_out(job);
    }
}

} // namespace cutout::batch

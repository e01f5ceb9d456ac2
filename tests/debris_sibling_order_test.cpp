// Siblings that come, go and move, with bursts between them: the order in which all of it is drawn.
#include "debris/sibling_order.h"

#include "support/shapes.h"

#include <algorithm>
#include <cstdlib>
#include <gtest/gtest.h>
#include <map>
#include <numeric>
#include <set>
#include <utility>
#include <vector>

namespace {

using namespace cutout;
using debris::SiblingOrder;
using test::TestRandom;
using Ids = std::vector<SiblingOrder::Id>;

template <class T> void shuffle(std::vector<T>& list, TestRandom& random) {
    for (int i = static_cast<int>(list.size()) - 1; i > 0; --i) {
        std::swap(list[static_cast<std::size_t>(i)], list[static_cast<std::size_t>(random.integer(0, i))]);
    }
}

void expect_rising(const std::vector<SiblingOrder::Place>& places) {
    ASSERT_TRUE(std::ranges::adjacent_find(places, std::ranges::greater_equal{}) == places.end());
    for (const SiblingOrder::Place place : places) {
        ASSERT_LT(std::abs(place), SiblingOrder::limit);
    }
}

TEST(SiblingOrder, ABurstLiesWhereItsSiblingLay) {
    Ids ids(40);
    std::iota(ids.begin(), ids.end(), 100);
    std::vector<std::size_t> broken(ids.size());
    std::iota(broken.begin(), broken.end(), 0);
    TestRandom random(5);
    for (int round = 0; round < 50; ++round) {
        SiblingOrder order;
        Ids left = ids;
        ASSERT_TRUE(order.update(left));
        std::map<SiblingOrder::Place, SiblingOrder::Id> drawn; // by place: whose burst
        shuffle(broken, random);
        for (std::size_t k = 0; k < 30; ++k) {
            const SiblingOrder::Id id = ids[broken[k]];
            ASSERT_TRUE(drawn.emplace(*order.place_above(id), id).second);
            std::erase(left, id);
            if (random.integer(0, 1) == 0) { // a frame is drawn
                ASSERT_TRUE(order.update(left));
            }
        }
        ASSERT_TRUE(order.update(left));
        for (std::size_t i = 0; i < left.size(); ++i) {
            ASSERT_TRUE(drawn.emplace(order.places()[i], left[i]).second) << "two in one place";
        }
        ASSERT_EQ(drawn.size(), ids.size());
        SiblingOrder::Id last = 0;
        for (const auto& [place, id] : drawn) {
            ASSERT_LT(last, id);
            last = id;
        }
    }
}

TEST(SiblingOrder, BurstsOfASiblingThatStaysLieAboveIt) {
    SiblingOrder order;
    ASSERT_TRUE(order.update(Ids{1, 2, 3}));
    std::set<SiblingOrder::Place> given;
    for (int i = 0; i < 500; ++i) {
        const SiblingOrder::Place place = *order.place_above(2);
        EXPECT_GT(place, order.places()[1]);
        EXPECT_LT(place, order.places()[2]);
        EXPECT_TRUE(given.insert(place).second);
        if (i % 7 == 0) {
            ASSERT_TRUE(order.update(Ids{1, 2, 3}));
        }
    }
    for (int i = 0; i < 5000; ++i) {
        const SiblingOrder::Place place = *order.place_above(2);
        ASSERT_TRUE(place > order.places()[1] && place < order.places()[2]);
    }
}

TEST(SiblingOrder, NobodyElsesBurst) {
    SiblingOrder order;
    EXPECT_FALSE(order.place_above(1));
    ASSERT_TRUE(order.update(Ids{1, 2}));
    EXPECT_FALSE(order.place_above(3));
    ASSERT_TRUE(order.update(Ids{2}));
    EXPECT_FALSE(order.place_above(1));
    ASSERT_TRUE(order.update(Ids{}));
    EXPECT_FALSE(order.place_above(2));
}

// Siblings and bursts as they are drawn, and what is done to both in the plain way: a list.
class Drawing {
public:
    void add(std::size_t at, SiblingOrder::Id id) { list_.insert(position(at), {id, false}); }
    // Among the siblings that are left.
    void move(std::size_t from, std::size_t to) {
        if (from == to) return; // as the engine does
        const SiblingOrder::Id id = siblings()[from];
        std::erase(list_, Drawn{id, false});
        add(to, id);
    }
    void break_one(std::size_t at) {
        const SiblingOrder::Id id = siblings()[at];
        std::ranges::find(list_, Drawn{id, false})->is_burst = true;
        places_[id] = *order_.place_above(id);
    }
    [[nodiscard]] Ids siblings() const {
        Ids ids;
        for (const Drawn& drawn : list_) {
            if (!drawn.is_burst) ids.push_back(drawn.id);
        }
        return ids;
    }
    // As the engine draws them.
    void draw() {
        const Ids ids = siblings();
        if (!order_.update(ids)) {
            ++renumbered;
            std::vector<std::pair<SiblingOrder::Place, SiblingOrder::Id>> bursts;
            for (const auto& [id, place] : places_) {
                bursts.emplace_back(place, id);
            }
            std::ranges::sort(bursts);
            std::vector<SiblingOrder::Place> places;
            for (const auto& [place, id] : bursts) {
                places.push_back(place);
            }
            order_.renumber(ids, places);
            for (std::size_t i = 0; i < bursts.size(); ++i) {
                places_[bursts[i].second] = places[i];
            }
        }
        std::map<SiblingOrder::Place, Drawn> drawn;
        for (const auto& [id, place] : places_) {
            ASSERT_TRUE(drawn.emplace(place, Drawn{id, true}).second) << "two in one place";
        }
        for (std::size_t i = 0; i < ids.size(); ++i) {
            ASSERT_TRUE(drawn.emplace(order_.places()[i], Drawn{ids[i], false}).second) << "two in one place";
        }
        ASSERT_EQ(drawn.size(), list_.size());
        auto expected = list_.begin();
        for (const auto& [place, one] : drawn) {
            ASSERT_LT(std::abs(place), SiblingOrder::limit);
            ASSERT_TRUE(one == *expected++);
        }
    }

    int renumbered = 0;

private:
    struct Drawn {
        SiblingOrder::Id id = 0;
        bool is_burst = false;
        friend bool operator==(const Drawn&, const Drawn&) = default;
    };

    // At the ends beyond all bursts, else just below the sibling that is there.
    std::vector<Drawn>::iterator position(std::size_t at) {
        if (at == 0 && !siblings().empty()) return list_.begin(); // the only one lies above all bursts
        for (auto it = list_.begin(); it != list_.end(); ++it) {
            if (!it->is_burst && at-- == 0) return it;
        }
        return list_.end();
    }

    SiblingOrder order_;
    std::vector<Drawn> list_;
    std::map<SiblingOrder::Id, SiblingOrder::Place> places_; // of bursts, by what they were
};

TEST(SiblingOrder, DrawsAsAPlainListWould) {
    TestRandom random(11);
    int renumbered = 0;
    for (int round = 0; round < 400; ++round) {
        Drawing drawing;
        SiblingOrder::Id next = 1;
        for (; next < 20; ++next) {
            drawing.add(next - 1, next);
        }
        drawing.draw();
        for (int step = 0; step < 100; ++step) {
            const int count = static_cast<int>(drawing.siblings().size());
            const int at = random.integer(0, std::max(0, count - 1));
            switch (random.integer(0, 6)) {
            case 0:
                drawing.add(0, next++);
                break;
            case 1:
                drawing.add(static_cast<std::size_t>(count), next++);
                break;
            case 2:
                if (round % 2 == 0) drawing.add(static_cast<std::size_t>(at), next++);
                break;
            case 3:
                // Of two or three it cannot be told which was moved.
                if (count > 3)
                    drawing.move(static_cast<std::size_t>(at), random.integer(0, 1) == 0 ? 0 : count - 1);
                break;
            default:
                if (count > 0) drawing.break_one(static_cast<std::size_t>(at));
                if (random.integer(0, 1) == 0) continue; // another in this frame
            }
            drawing.draw();
            ASSERT_FALSE(HasFatalFailure()) << "round " << round << ", step " << step;
        }
        renumbered += drawing.renumbered;
    }
    EXPECT_GT(renumbered, 100);
}

TEST(SiblingOrder, OneThatIsMovedTakesNoOtherWithIt) {
    Ids ids(20);
    std::iota(ids.begin(), ids.end(), 1);
    for (std::size_t from = 0; from < ids.size(); ++from) {
        for (std::size_t to = 0; to < ids.size(); ++to) {
            SiblingOrder order;
            ASSERT_TRUE(order.update(ids));
            const auto before = order.places();
            Ids now = ids;
            now.erase(now.begin() + static_cast<std::ptrdiff_t>(from));
            now.insert(now.begin() + static_cast<std::ptrdiff_t>(to), ids[from]);
            // Of two neighbours that change places either may be the one that was moved.
            const bool is_end = to == 0 || to + 1 == ids.size() || from == to;
            const bool has_room = order.update(now);
            if (from + 1 != to && to + 1 != from) {
                ASSERT_EQ(has_room, is_end) << from << " to " << to;
            }
            if (!has_room) continue;
            expect_rising(order.places());
            for (std::size_t i = 0; i < now.size(); ++i) {
                const auto distance = from > to ? from - to : to - from;
                if (now[i] == ids[from] || distance == 1) continue;
                ASSERT_EQ(order.places()[i], before[now[i] - 1]) << from << " to " << to;
            }
        }
    }
}

TEST(SiblingOrder, NeverLeavesTheRangeOfTheEngine) {
    SiblingOrder order;
    int renumbered = 0;
    Ids ids(1000);
    std::iota(ids.begin(), ids.end(), 1);
    ASSERT_TRUE(order.update(ids));
    for (int i = 0; i < 2500; ++i) {
        for (SiblingOrder::Id& id : ids) {
            id += 1000;
        }
        ids.front() = 1; // one stays
        std::vector<SiblingOrder::Place> burst{*order.place_above(1)};
        if (!order.update(ids)) {
            ++renumbered;
            order.renumber(ids, burst);
        }
        expect_rising(order.places());
        ASSERT_GT(burst[0], order.places()[0]);
        ASSERT_LT(burst[0], order.places()[1]);
    }
    EXPECT_EQ(renumbered, 2);
}

TEST(SiblingOrder, AnyChangeAtOnceLeavesAnOrder) {
    TestRandom random(12);
    SiblingOrder order;
    Ids ids;
    SiblingOrder::Id next = 1;
    for (int i = 0; i < 3000; ++i) {
        const auto at = [&ids, &random] {
            return ids.begin() + random.integer(0, static_cast<int>(ids.size()) - 1);
        };
        for (int k = random.integer(0, 2); k > 0; --k) {
            ids.insert(ids.empty() ? ids.end() : at(), next++);
        }
        for (int k = random.integer(0, 2); k > 0 && ids.size() > 1; --k) {
            ids.erase(at());
        }
        if (random.integer(0, 3) == 0 && ids.size() > 1) std::iter_swap(at(), at());
        if (random.integer(0, 49) == 0) shuffle(ids, random);
        if (!order.update(ids)) order.renumber(ids, {});
        ASSERT_EQ(order.places().size(), ids.size());
        expect_rising(order.places());
    }
}

} // namespace

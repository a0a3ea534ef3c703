package io.headwaiter.local.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwaiter.local.faults.kinds.Kind;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final List<Kind> ALL = Schedule.asTheyWeigh();

    @Test
    void one_seed_is_one_schedule() {
        assertThat(first(200, new Schedule(42, ALL))).isEqualTo(first(200, new Schedule(42, ALL)));
        assertThat(first(200, new Schedule(42, ALL))).isNotEqualTo(first(200, new Schedule(43, ALL)));
    }

    @Test
    void each_round_has_every_kind_as_often_as_it_weighs() {
        Schedule schedule = new Schedule(7, ALL);
        for (int times = 0; times < 3; times++) {
            List<Schedule.Planned> planned = first(ALL.size(), schedule);
            assertThat(Kind.values())
                    .allSatisfy(kind -> assertThat(planned.stream().filter(one -> one.kind() == kind))
                            .hasSize(kind.weight()));
        }
    }

    private static List<Schedule.Planned> first(int count, Schedule schedule) {
        return Stream.generate(schedule::next).limit(count).toList();
    }
}

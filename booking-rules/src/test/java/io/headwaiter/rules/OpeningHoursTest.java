package io.headwaiter.rules;

import static io.headwaiter.rules.RestaurantFixture.aRestaurant;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** 2027-01-04 is a Monday. */
class OpeningHoursTest {

    private final RestaurantFixture house = aRestaurant();

    @Test
    void a_house_without_hours_is_closed() {
        assertThat(open("2027-01-04T12:00", "2027-01-04T12:01")).isFalse();
    }

    @Test
    void hours_hold_on_their_weekday_only() {
        house.openOn(1, "12:00", "15:00");
        assertThat(open("2027-01-04T12:00", "2027-01-04T15:00")).isTrue();
        assertThat(open("2027-01-11T12:00", "2027-01-11T15:00")).isTrue();
        assertThat(open("2027-01-05T12:00", "2027-01-05T15:00")).isFalse();
        assertThat(open("2027-01-03T12:00", "2027-01-03T15:00")).isFalse();
    }

    @Test
    void the_edges_belong_to_the_period_and_nothing_beyond_them() {
        house.openOn(1, "12:00", "15:00");
        assertThat(open("2027-01-04T11:59:59", "2027-01-04T13:00")).isFalse();
        assertThat(open("2027-01-04T13:00", "2027-01-04T15:00:01")).isFalse();
    }

    @Test
    void a_break_between_two_periods_is_closed() {
        house.openOn(1, "18:00", "23:00").openOn(1, "12:00", "15:00");
        assertThat(open("2027-01-04T14:00", "2027-01-04T19:00")).isFalse();
        assertThat(open("2027-01-04T12:00", "2027-01-04T14:00")).isTrue();
        assertThat(open("2027-01-04T19:00", "2027-01-04T20:00")).isTrue();
    }

    @Test
    void periods_that_touch_or_overlap_are_one() {
        house.openOn(1, "15:00", "18:00").openOn(1, "12:00", "15:00").openOn(1, "12:30", "14:00");
        assertThat(open("2027-01-04T12:00", "2027-01-04T18:00")).isTrue();
        house.openOn(1, "17:00", "20:00");
        assertThat(open("2027-01-04T12:00", "2027-01-04T20:00")).isTrue();
    }

    @Test
    void hours_may_pass_midnight() {
        house.openOn(1, "18:00", "02:00");
        assertThat(open("2027-01-04T23:00", "2027-01-05T02:00")).isTrue();
        assertThat(open("2027-01-05T00:00", "2027-01-05T02:00")).isTrue();
        assertThat(open("2027-01-05T00:00", "2027-01-05T02:01")).isFalse();
        assertThat(open("2027-01-04T00:00", "2027-01-04T02:00")).isFalse();
    }

    @Test
    void periods_that_meet_at_midnight_are_one() {
        house.openOn(1, "18:00", "00:00").openOn(2, "00:00", "03:00");
        assertThat(open("2027-01-04T18:00", "2027-01-05T03:00")).isTrue();
    }

    @Test
    void a_period_that_closes_when_it_opens_lasts_a_day() {
        house.openOn(1, "18:00", "18:00");
        assertThat(open("2027-01-04T18:00", "2027-01-05T06:00")).isTrue();
        assertThat(open("2027-01-05T06:00", "2027-01-05T18:00")).isTrue();
        assertThat(open("2027-01-05T06:00", "2027-01-05T18:01")).isFalse();
    }

    @Test
    void a_house_that_is_open_always_is_never_closed() {
        house.openAlways();
        Instant start = Instant.parse("2027-01-04T00:00:00Z");
        for (int hour = 0; hour < 24 * 7; hour++) {
            Interval longest = new Interval(start.plusSeconds(3600L * hour), start.plusSeconds(3600L * (hour + 12)));
            assertThat(OpeningHours.around(house.plan(), longest).cover(longest))
                    .isTrue();
        }
    }

    @Test
    void a_special_day_has_its_own_hours_in_place_of_the_weekday_s() {
        house.open("12:00", "23:00").openOn("2027-01-05", "10:00", "11:00", "20:00", "21:00");
        assertThat(open("2027-01-05T10:00", "2027-01-05T11:00")).isTrue();
        assertThat(open("2027-01-05T20:00", "2027-01-05T21:00")).isTrue();
        assertThat(open("2027-01-05T12:00", "2027-01-05T13:00")).isFalse();
        assertThat(open("2027-01-06T12:00", "2027-01-06T13:00")).isTrue();
    }

    @Test
    void a_special_day_without_hours_is_closed_but_for_the_night_before() {
        house.open("18:00", "02:00").closedOn("2027-01-05");
        assertThat(open("2027-01-04T23:00", "2027-01-05T02:00")).isTrue();
        assertThat(open("2027-01-05T19:00", "2027-01-05T20:00")).isFalse();
        assertThat(open("2027-01-06T00:00", "2027-01-06T01:00")).isFalse();
        assertThat(open("2027-01-06T19:00", "2027-01-07T01:00")).isTrue();
    }

    @Test
    void special_days_may_come_in_any_order() {
        house.open("12:00", "23:00")
                .closedOn("2027-01-06")
                .closedOn("2027-01-04")
                .closedOn("2027-01-05");
        assertThat(open("2027-01-04T12:00", "2027-01-04T13:00")).isFalse();
        assertThat(open("2027-01-05T12:00", "2027-01-05T13:00")).isFalse();
        assertThat(open("2027-01-06T12:00", "2027-01-06T13:00")).isFalse();
        assertThat(open("2027-01-07T12:00", "2027-01-07T13:00")).isTrue();
    }

    private boolean open(String from, String to) {
        Interval stay = new Interval(utc(from), utc(to));
        return OpeningHours.around(house.plan(), stay).cover(stay);
    }

    private static Instant utc(String time) {
        return Instant.parse(time.length() == 16 ? time + ":00Z" : time + "Z");
    }
}

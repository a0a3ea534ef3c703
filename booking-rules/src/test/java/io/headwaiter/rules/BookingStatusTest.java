package io.headwaiter.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class BookingStatusTest {

    /** Row by row the status that is, column by column the one that is to be. */
    private static final String TABLE =
            """
                       confirmed seated completed cancelled no_show
            confirmed  -         yes    -         -         yes
            seated     yes       -      yes       -         -
            completed  -         yes    -         -         -
            cancelled  -         -      -         -         -
            no_show    yes       yes    -         -         -
            """;

    @Test
    void a_status_may_become_what_the_table_says_and_nothing_else() {
        String[] rows = TABLE.split("\n");
        String[] columns = rows[0].strip().split(" +");
        assertThat(columns).hasSize(BookingStatus.values().length);
        for (int row = 1; row < rows.length; row++) {
            String[] cells = rows[row].split(" +");
            for (int column = 0; column < columns.length; column++) {
                assertThat(BookingStatus.of(cells[0]).mayBecome(BookingStatus.of(columns[column])))
                        .as("%s to %s", cells[0], columns[column])
                        .isEqualTo(cells[column + 1].equals("yes"));
            }
        }
    }

    @Test
    void who_is_expected_or_seated_has_a_table() {
        assertThat(BookingStatus.values())
                .filteredOn(BookingStatus::isLive)
                .containsExactly(BookingStatus.CONFIRMED, BookingStatus.SEATED);
    }

    @Test
    void there_is_no_status_of_another_name() {
        assertThatIllegalArgumentException().isThrownBy(() -> BookingStatus.of("SEATED"));
    }
}

package io.headwaiter.gateway.setup;

import io.headwaiter.gateway.input.Breach;
import io.headwaiter.gateway.problems.Problem;
import java.util.List;
import org.springframework.http.HttpStatus;

/** What can be wrong with a table besides its values. */
final class TableProblems {

    /** The database's name for it. */
    static final String NAME_TAKEN = "table_name_taken";

    private TableProblems() {}

    static Problem notFound() {
        return Problem.of(HttpStatus.NOT_FOUND, "table_not_found", "There is no such table.");
    }

    static Problem nameTaken() {
        return Problem.of(HttpStatus.CONFLICT, NAME_TAKEN, "The restaurant has a table of this name already.");
    }

    static Problem tooMany() {
        return Problem.of(
                HttpStatus.CONFLICT,
                Breach.TABLES_TOO_MANY.code(),
                "The restaurant has " + Tables.MOST + " tables already.");
    }

    /** @param some of their ids */
    static Problem hasReservations(List<Long> some, long total) {
        return Problem.of(
                        HttpStatus.CONFLICT,
                        "table_has_reservations",
                        "Parties are still to come to this table, or sit at it; it can be made inactive meanwhile.")
                .with("reservations", some)
                .with("total", total);
    }
}

package io.headwaiter.gateway.bookings;

import io.headwaiter.gateway.access.Admission;
import io.headwaiter.gateway.input.Paging;
import io.headwaiter.gateway.input.Query;
import io.headwaiter.rules.BookingStatus;
import io.headwaiter.rules.FloorPlan;
import io.headwaiter.schemas.RequestId;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which reservations a caller looks for.
 *
 * @param from those that start then or later
 * @param before those that start before then
 * @param statuses one of these; empty: any
 * @param none what was asked for cannot be there
 * @param after the place in the list after which the page begins
 */
record ReservationSearch(
        Visibility visibility,
        @Nullable Instant from,
        @Nullable Instant before,
        List<String> statuses,
        @Nullable Long clientId,
        @Nullable Long tableId,
        @Nullable RequestId requestId,
        boolean none,
        @Nullable Place after,
        int limit) {

    private static final Set<String> PARAMETERS =
            Set.of("date", "from", "to", "status", "client_id", "table_id", "request_id", "limit", "after");

    /** In the list, which is sorted by start, then by id. */
    record Place(Instant start, long id) {

        private static final Pattern SHAPE = Pattern.compile("([0-9]{1,16})_([0-9]{1,18})");

        static Optional<Place> parse(String text) {
            Matcher shape = SHAPE.matcher(text);
            return shape.matches()
                    ? Optional.of(new Place(
                            Instant.EPOCH.plus(Long.parseLong(shape.group(1)), ChronoUnit.MICROS),
                            Long.parseLong(shape.group(2))))
                    : Optional.empty();
        }

        @Override
        public String toString() {
            return ChronoUnit.MICROS.between(Instant.EPOCH, start) + "_" + id;
        }
    }

    static ReservationSearch of(HttpServletRequest request, Admission admission, SealTokens tokens) {
        Query query = Query.of(request, PARAMETERS);
        Optional<LocalDate> date = query.text("date").map(text -> Query.date("date", text));
        Optional<LocalDate> from = query.text("from").map(text -> Query.date("from", text));
        Optional<LocalDate> to = query.text("to").map(text -> Query.date("to", text));
        if (date.isPresent() && (from.isPresent() || to.isPresent())) {
            throw Query.invalid("date", "Give date, or from and to, not both.");
        }
        Optional<RequestToken> token = query.text("request_id")
                .map(text -> tokens.open(text).filter(known -> known.key().restaurantId() == admission.restaurantId()))
                .filter(Optional::isPresent)
                .map(Optional::get);
        FloorPlan plan = admission.plan();
        return new ReservationSearch(
                Visibility.of(admission),
                date.or(() -> from).map(day -> startOf(day, plan)).orElse(null),
                date.or(() -> to).map(day -> startOf(day.plusDays(1), plan)).orElse(null),
                query.text("status").map(ReservationSearch::statuses).orElse(List.of()),
                query.text("client_id")
                        .map(text -> Query.wholeNumber("client_id", text))
                        .orElse(null),
                query.text("table_id")
                        .map(text -> Query.wholeNumber("table_id", text))
                        .orElse(null),
                token.map(RequestToken::id).orElse(null),
                query.text("request_id").isPresent() && token.isEmpty(),
                query.text("after").map(ReservationSearch::place).orElse(null),
                Paging.limit(query));
    }

    private static Instant startOf(LocalDate day, FloorPlan plan) {
        return day.atStartOfDay(plan.timeZone()).toInstant();
    }

    private static List<String> statuses(String text) {
        List<String> statuses = List.of(text.split(",", -1));
        Set<String> known = Set.of(
                Arrays.stream(BookingStatus.values()).map(BookingStatus::code).toArray(String[]::new));
        if (!known.containsAll(statuses)) {
            throw Query.invalid(
                    "status",
                    "The parameter status must be some of confirmed, seated, completed, cancelled and no_show, with commas "
                            + "between them.");
        }
        return statuses;
    }

    private static Place place(String text) {
        return Place.parse(text)
                .orElseThrow(
                        () -> Query.invalid("after", "The parameter after must be the next_after of a page before."));
    }
}

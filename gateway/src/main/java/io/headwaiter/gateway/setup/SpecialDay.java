package io.headwaiter.gateway.setup;

import io.headwaiter.gateway.input.Members;
import io.headwaiter.gateway.input.ReadDate;
import io.headwaiter.gateway.problems.Problems;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A date with hours of its own, in place of its weekday's. Without any it is closed. */
record SpecialDay(
        @NotNull(message = "special_day_range") @Nullable LocalDate day,
        @Pattern(regexp = Texts.NOTE, message = "special_day_note_length") @Nullable String note,
        @Size(max = Hours.MOST_A_DAY, message = "special_hours_too_many") List<@Valid Hours> hours) {

    private static final LocalDate EARLIEST = LocalDate.of(2000, 1, 1);
    private static final LocalDate BEFORE = LocalDate.of(2200, 1, 1);

    /** Of a whole document. */
    static SpecialDay from(Members day) {
        day.allowing(Set.of("day", "note", "hours"));
        String date = day.text("day").orElse(null);
        return from(day, date == null ? null : date(date, "member", day.path() + "day"));
    }

    /** Of a body whose path says the day. */
    static SpecialDay on(LocalDate date, Members body) {
        body.allowing(Set.of("note", "hours"));
        return from(body, date);
    }

    private static SpecialDay from(Members day, @Nullable LocalDate date) {
        List<Hours> hours =
                day.objects("hours").orElse(List.of()).stream().map(Hours::from).toList();
        return new SpecialDay(date, day.text("note").orElse(null), hours);
    }

    /** @throws RuntimeException 400 {@code date_invalid}, naming the place as what it is */
    static LocalDate date(String text, String kindOfPlace, String place) {
        return ReadDate.from(text)
                .orElseThrow(() -> Problems.badRequest("date_invalid", "A date is YYYY-MM-DD, of a day that there is.")
                        .with(kindOfPlace, place)
                        .asException());
    }

    @AssertTrue(message = "special_day_range")
    boolean isDayInRange() {
        return day == null || (!day.isBefore(EARLIEST) && day.isBefore(BEFORE));
    }

    @AssertTrue(message = "special_hours_repeated")
    boolean isEachOpeningOnce() {
        return Distinct.by(hours, Hours::opens);
    }
}

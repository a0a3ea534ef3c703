package io.headwaiter.gateway.setup;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.headwaiter.gateway.Answer;
import io.headwaiter.gateway.access.Admission;
import io.headwaiter.gateway.input.Breach;
import io.headwaiter.gateway.input.CheckDocument;
import io.headwaiter.gateway.input.IfMatch;
import io.headwaiter.gateway.input.ReadBody;
import io.headwaiter.gateway.problems.Problem;
import io.headwaiter.gateway.setup.ChangeRules.Changed;
import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code .../special-days}: dates with hours of their own. */
@RestController
@RequestMapping(path = "/api/restaurants/{restId}/special-days", produces = MediaType.APPLICATION_JSON_VALUE)
class SpecialDaysEndpoint {

    private final ReadRules rules;
    private final ChangeRules change;
    private final ReadBody bodies;
    private final CheckDocument check;

    SpecialDaysEndpoint(ReadRules rules, ChangeRules change, ReadBody bodies, CheckDocument check) {
        this.rules = rules;
        this.change = change;
        this.bodies = bodies;
        this.check = check;
    }

    record Listed(@JsonUnwrapped SpecialDays specialDays, long total) {}

    record Put(SpecialDay specialDay, @JsonUnwrapped NowOutside outside) {}

    @GetMapping
    ResponseEntity<Answer<Listed>> list(Admission admission) {
        return rules.answer(admission, jdbc -> {
            SpecialDays days = new StoredRules(jdbc, admission.restaurantId()).specialDays();
            return Answer.of(new Listed(days, days.specialDays().size()));
        });
    }

    @PutMapping(path = "/{date}", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Answer<Put>> put(Admission admission, @PathVariable String date, HttpServletRequest request) {
        SpecialDay day = SpecialDay.on(SpecialDay.date(date, "parameter", "date"), bodies.of(request));
        check.of(day);
        Changed<Boolean> put = change.change(admission, IfMatch.of(request), jdbc -> {
            StoredRules stored = new StoredRules(jdbc, admission.restaurantId());
            boolean replaced = day.day() != null && stored.deleteSpecialDay(day.day());
            stored.add(new SpecialDays(List.of(day)));
            if (stored.countOfSpecialDays() > SpecialDays.MOST) {
                throw Problem.of(
                                HttpStatus.CONFLICT,
                                Breach.SPECIAL_DAYS_TOO_MANY.code(),
                                "The restaurant has " + SpecialDays.MOST + " special days already; delete some.")
                        .asException();
            }
            return replaced;
        });
        return ResponseEntity.status(put.result() ? HttpStatus.OK : HttpStatus.CREATED)
                .eTag(IfMatch.tag(put.version()))
                .body(Answer.of(new Put(day, put.outside())));
    }

    @DeleteMapping("/{date}")
    ResponseEntity<Answer<NowOutside>> delete(
            Admission admission, @PathVariable String date, HttpServletRequest request) {
        LocalDate day = SpecialDay.date(date, "parameter", "date");
        Changed<Boolean> deleted = change.change(admission, IfMatch.of(request), jdbc -> {
            if (!new StoredRules(jdbc, admission.restaurantId()).deleteSpecialDay(day)) {
                throw Problem.of(HttpStatus.NOT_FOUND, "special_day_not_found", "This is no special day.")
                        .asException();
            }
            return true;
        });
        return ResponseEntity.ok().eTag(IfMatch.tag(deleted.version())).body(Answer.of(deleted.outside()));
    }
}

package io.headwaiter.gateway.setup;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.headwaiter.gateway.Answer;
import io.headwaiter.gateway.access.Admission;
import io.headwaiter.gateway.input.CheckDocument;
import io.headwaiter.gateway.input.IfMatch;
import io.headwaiter.gateway.input.Members;
import io.headwaiter.gateway.input.ReadBody;
import io.headwaiter.gateway.setup.ChangeRules.Changed;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code .../turn-times}: all sizes at once. */
@RestController
@RequestMapping(path = "/api/restaurants/{restId}/turn-times", produces = MediaType.APPLICATION_JSON_VALUE)
class TurnTimesEndpoint {

    private final ReadRules rules;
    private final ChangeRules change;
    private final ReadBody bodies;
    private final CheckDocument check;

    TurnTimesEndpoint(ReadRules rules, ChangeRules change, ReadBody bodies, CheckDocument check) {
        this.rules = rules;
        this.change = change;
        this.bodies = bodies;
        this.check = check;
    }

    record Listed(@JsonUnwrapped TurnTimes turnTimes, long total) {}

    record Put(@JsonUnwrapped TurnTimes turnTimes, long total, @JsonUnwrapped NowOutside outside) {}

    @GetMapping
    ResponseEntity<Answer<Listed>> list(Admission admission) {
        return rules.answer(admission, jdbc -> {
            TurnTimes turnTimes = new StoredRules(jdbc, admission.restaurantId()).turnTimes();
            return Answer.of(new Listed(turnTimes, turnTimes.turnTimes().size()));
        });
    }

    @PutMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Answer<Put>> put(Admission admission, HttpServletRequest request) {
        Members body = bodies.of(request).allowing(Set.of(TurnTimes.MEMBER)).requiringList(TurnTimes.MEMBER);
        TurnTimes asked = TurnTimes.from(body);
        check.of(asked);
        Changed<TurnTimes> put = change.change(admission, IfMatch.of(request), jdbc -> {
            StoredRules stored = new StoredRules(jdbc, admission.restaurantId());
            stored.replace(asked);
            return stored.turnTimes();
        });
        return ResponseEntity.ok()
                .eTag(IfMatch.tag(put.version()))
                .body(Answer.of(new Put(put.result(), put.result().turnTimes().size(), put.outside())));
    }
}

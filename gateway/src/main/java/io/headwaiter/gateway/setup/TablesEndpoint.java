package io.headwaiter.gateway.setup;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.headwaiter.gateway.Answer;
import io.headwaiter.gateway.access.Admission;
import io.headwaiter.gateway.access.PathId;
import io.headwaiter.gateway.input.CheckDocument;
import io.headwaiter.gateway.input.IfMatch;
import io.headwaiter.gateway.input.Members;
import io.headwaiter.gateway.input.ReadBody;
import io.headwaiter.gateway.setup.ChangeRules.Changed;
import io.headwaiter.gateway.setup.StoredTables.Table;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code .../tables}. */
@RestController
@RequestMapping(path = "/api/restaurants/{restId}/tables", produces = MediaType.APPLICATION_JSON_VALUE)
class TablesEndpoint {

    private final ReadRules rules;
    private final ChangeTables tables;
    private final ReadBody bodies;
    private final CheckDocument check;

    TablesEndpoint(ReadRules rules, ChangeTables tables, ReadBody bodies, CheckDocument check) {
        this.rules = rules;
        this.tables = tables;
        this.bodies = bodies;
        this.check = check;
    }

    record Listed(List<Table> tables, long total) {}

    record Single(Table table) {}

    record Put(Table table, @JsonUnwrapped NowOutside outside) {}

    @GetMapping
    ResponseEntity<Answer<Listed>> list(Admission admission) {
        return rules.answer(admission, jdbc -> {
            List<Table> all = new StoredTables(jdbc, admission.restaurantId()).all();
            return Answer.of(new Listed(all, all.size()));
        });
    }

    @GetMapping("/{id}")
    ResponseEntity<Answer<Single>> show(Admission admission, @PathVariable String id) {
        long known = idOf(id);
        return rules.answer(admission, jdbc -> new StoredTables(jdbc, admission.restaurantId())
                .find(known)
                .map(table -> Answer.of(new Single(table)))
                .orElseThrow(() -> TableProblems.notFound().asException()));
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Answer<Put>> add(Admission admission, HttpServletRequest request) {
        TableDetails details = TableDetails.from(bodies.of(request));
        check.of(details);
        Changed<Table> added = tables.add(admission, IfMatch.of(request), details);
        return ResponseEntity.created(URI.create("/api/restaurants/%d/tables/%d"
                        .formatted(admission.restaurantId(), added.result().id())))
                .eTag(IfMatch.tag(added.version()))
                .body(Answer.of(new Put(added.result(), added.outside())));
    }

    @PatchMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Answer<Put>> change(Admission admission, @PathVariable String id, HttpServletRequest request) {
        long known = idOf(id);
        Members body = bodies.of(request);
        Changed<Table> changed = tables.change(admission, IfMatch.of(request), known, before -> {
            TableDetails after = before.changedBy(body);
            check.of(after);
            return after;
        });
        return ResponseEntity.ok()
                .eTag(IfMatch.tag(changed.version()))
                .body(Answer.of(new Put(changed.result(), changed.outside())));
    }

    @DeleteMapping("/{id}")
    ResponseEntity<Answer<NowOutside>> remove(
            Admission admission, @PathVariable String id, HttpServletRequest request) {
        Changed<Table> removed = tables.remove(admission, IfMatch.of(request), idOf(id));
        return ResponseEntity.ok().eTag(IfMatch.tag(removed.version())).body(Answer.of(removed.outside()));
    }

    private static long idOf(String text) {
        return PathId.parse(text).orElseThrow(() -> TableProblems.notFound().asException());
    }
}

package io.headwaiter.gateway.clients;

import io.headwaiter.gateway.Answer;
import io.headwaiter.gateway.access.Admission;
import io.headwaiter.gateway.access.PathId;
import io.headwaiter.gateway.clients.ExportClient.Exported;
import io.headwaiter.gateway.input.CheckValues;
import io.headwaiter.gateway.input.IfMatch;
import io.headwaiter.gateway.input.Query;
import io.headwaiter.gateway.input.ReadBody;
import io.headwaiter.gateway.input.ReadGuest;
import io.headwaiter.schemas.GuestDetails;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code .../clients/{id}}: one guest. */
@RestController
@RequestMapping(path = "/api/restaurants/{restId}/clients/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
class ClientEndpoint {

    private final StoredClients clients;
    private final ChangeClient change;
    private final ForgetClient forget;
    private final ExportClient export;
    private final ReadBody bodies;
    private final CheckValues check;

    ClientEndpoint(
            StoredClients clients,
            ChangeClient change,
            ForgetClient forget,
            ExportClient export,
            ReadBody bodies,
            CheckValues check) {
        this.clients = clients;
        this.change = change;
        this.forget = forget;
        this.export = export;
        this.bodies = bodies;
        this.check = check;
    }

    record Single(Client client) {}

    /** Spring answers 304 by the tag. */
    @GetMapping
    ResponseEntity<Answer<Single>> show(Admission admission, @PathVariable String id, HttpServletRequest request) {
        Query.of(request, Set.of());
        return single(clients.find(admission.restaurantId(), known(id))
                .orElseThrow(() -> ClientProblems.notFound().asException()));
    }

    @PutMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Answer<Single>> replace(Admission admission, @PathVariable String id, HttpServletRequest request) {
        Query.of(request, Set.of());
        IfMatch ifMatch = IfMatch.of(request);
        GuestDetails guest = ReadGuest.from(bodies.of(request));
        check.ofMember("client.", guest, Set.of());
        return single(change.change(admission.restaurantId(), known(id), ifMatch, before -> guest));
    }

    @PatchMapping(consumes = {MediaType.APPLICATION_JSON_VALUE, ReadBody.MERGE_PATCH})
    ResponseEntity<Answer<Single>> patch(Admission admission, @PathVariable String id, HttpServletRequest request) {
        Query.of(request, Set.of());
        IfMatch ifMatch = IfMatch.of(request);
        GuestChange changed = GuestChange.from(bodies.of(request), check);
        return single(change.change(admission.restaurantId(), known(id), ifMatch, changed::appliedTo));
    }

    /** 204 when the client is gone; 200 with what is left of one that is anonymized. */
    @DeleteMapping
    ResponseEntity<Answer<Single>> delete(Admission admission, @PathVariable String id, HttpServletRequest request) {
        boolean anonymize = Query.of(request, Set.of("anonymize"))
                .text("anonymize")
                .map(ClientEndpoint::yesOrNo)
                .orElse(false);
        IfMatch ifMatch = IfMatch.of(request);
        if (anonymize) {
            return single(forget.anonymize(admission.restaurantId(), known(id), ifMatch));
        }
        forget.delete(admission.restaurantId(), known(id), ifMatch);
        return ResponseEntity.noContent().build();
    }

    /** To be kept as a file. */
    @GetMapping("/export")
    ResponseEntity<Answer<Exported>> export(Admission admission, @PathVariable String id, HttpServletRequest request) {
        long after = Query.of(request, Set.of("after"))
                .text("after")
                .map(text -> Query.wholeNumber("after", text))
                .orElse(0L);
        Exported exported = export.export(admission.restaurantId(), known(id), after)
                .orElseThrow(() -> ClientProblems.notFound().asException());
        return ResponseEntity.ok()
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"client-%d.json\""
                                .formatted(exported.client().id()))
                .body(Answer.of(exported));
    }

    private static long known(String id) {
        return PathId.parse(id).orElseThrow(() -> ClientProblems.notFound().asException());
    }

    private static boolean yesOrNo(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw Query.invalid("anonymize", "The parameter anonymize must be true or false.");
        };
    }

    private static ResponseEntity<Answer<Single>> single(Client client) {
        return ResponseEntity.ok().eTag(IfMatch.tag(client.version())).body(Answer.of(new Single(client)));
    }
}

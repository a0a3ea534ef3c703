package io.headwaiter.gateway.partners;

import io.headwaiter.gateway.Answer;
import io.headwaiter.gateway.access.PathId;
import io.headwaiter.gateway.input.CheckDocument;
import io.headwaiter.gateway.input.Paging;
import io.headwaiter.gateway.input.Query;
import io.headwaiter.gateway.input.ReadBody;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/partners}. */
@RestController
@RequestMapping(path = "/api/partners", produces = MediaType.APPLICATION_JSON_VALUE)
class PartnersEndpoint {

    private final StoredPartners partners;
    private final ReadBody bodies;
    private final CheckDocument check;

    PartnersEndpoint(StoredPartners partners, ReadBody bodies, CheckDocument check) {
        this.partners = partners;
        this.bodies = bodies;
        this.check = check;
    }

    /** @param nextAfter the {@code after} of the next page; null when this one is the last */
    record Listed(List<Partner> partners, long total, @Nullable Long nextAfter) {}

    record Single(Partner partner) {}

    @GetMapping
    Answer<Listed> list(HttpServletRequest request) {
        Paging paging = Paging.of(Query.of(request, Paging.PARAMETERS));
        List<Partner> found = partners.list(paging.after(), paging.limit() + 1);
        List<Partner> shown = paging.shown(found);
        return Answer.of(new Listed(
                shown,
                partners.count(),
                shown.size() < found.size() ? shown.getLast().id() : null));
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Answer<Single>> add(HttpServletRequest request) {
        Partner partner = partners.add(name(request));
        return ResponseEntity.created(URI.create("/api/partners/" + partner.id()))
                .body(Answer.of(new Single(partner)));
    }

    @GetMapping("/{id}")
    Answer<Single> show(@PathVariable String id) {
        return answer(PathId.parse(id).stream()
                .mapToObj(partners::find)
                .flatMap(Optional::stream)
                .findFirst());
    }

    @PatchMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    Answer<Single> rename(@PathVariable String id, HttpServletRequest request) {
        PartnerName name = name(request);
        return answer(PathId.parse(id).stream()
                .mapToObj(known -> partners.rename(known, name))
                .flatMap(Optional::stream)
                .findFirst());
    }

    private PartnerName name(HttpServletRequest request) {
        PartnerName name = PartnerName.from(bodies.of(request));
        check.of(name);
        return name;
    }

    private static Answer<Single> answer(Optional<Partner> partner) {
        return partner.map(found -> Answer.of(new Single(found)))
                .orElseThrow(() -> PartnerProblems.notFound().asException());
    }
}

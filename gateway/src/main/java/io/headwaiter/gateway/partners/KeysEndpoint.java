package io.headwaiter.gateway.partners;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.headwaiter.gateway.Answer;
import io.headwaiter.gateway.access.PathId;
import io.headwaiter.gateway.directory.RefreshDirectory;
import io.headwaiter.gateway.input.CheckDocument;
import io.headwaiter.gateway.input.Paging;
import io.headwaiter.gateway.input.Query;
import io.headwaiter.gateway.input.ReadBody;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/partners/{id}/keys}. What is done here holds on this gateway at once, and on the others with their next reading. */
@RestController
@RequestMapping(path = "/api/partners/{id}/keys", produces = MediaType.APPLICATION_JSON_VALUE)
class KeysEndpoint {

    private final StoredPartners partners;
    private final StoredKeys keys;
    private final RefreshDirectory directory;
    private final ReadBody bodies;
    private final CheckDocument check;

    KeysEndpoint(
            StoredPartners partners,
            StoredKeys keys,
            RefreshDirectory directory,
            ReadBody bodies,
            CheckDocument check) {
        this.partners = partners;
        this.keys = keys;
        this.directory = directory;
        this.bodies = bodies;
        this.check = check;
    }

    /** @param nextAfter the {@code after} of the next page; null when this one is the last */
    record Listed(List<ApiKey> apiKeys, long total, @Nullable Long nextAfter) {}

    /** @param secret the key itself: nobody sees it again */
    record Shown(@JsonUnwrapped ApiKey key, String secret) {

        @Override
        public String toString() {
            return "Shown";
        }
    }

    record Made(Shown apiKey) {}

    @GetMapping
    Answer<Listed> list(@PathVariable String id, HttpServletRequest request) {
        long partnerId = partnerId(id);
        Paging paging = Paging.of(Query.of(request, Paging.PARAMETERS));
        List<ApiKey> found = keys.list(partnerId, paging.after(), paging.limit() + 1);
        List<ApiKey> shown = paging.shown(found);
        return Answer.of(new Listed(
                shown,
                keys.count(partnerId),
                shown.size() < found.size() ? shown.getLast().id() : null));
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Answer<Made>> add(@PathVariable String id, HttpServletRequest request) {
        long partnerId = partnerId(id);
        Grant grant = Grant.from(bodies.of(request));
        check.of(grant);
        Secret secret = Secret.random();
        return made(keys.add(partnerId, grant, secret), secret);
    }

    @PostMapping(path = "/{keyId}/rotate", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Answer<Made>> rotate(
            @PathVariable String id, @PathVariable String keyId, HttpServletRequest request) {
        long partnerId = partnerId(id);
        long known = keyId(keyId);
        Rotation rotation = Rotation.from(bodies.of(request));
        check.of(rotation);
        Secret secret = Secret.random();
        return made(keys.rotate(partnerId, known, rotation, secret), secret);
    }

    @DeleteMapping("/{keyId}")
    ResponseEntity<Void> revoke(@PathVariable String id, @PathVariable String keyId) {
        if (!keys.revoke(partnerId(id), keyId(keyId))) {
            throw PartnerProblems.keyNotFound().asException();
        }
        directory.catchUp();
        return ResponseEntity.noContent().build();
    }

    private ResponseEntity<Answer<Made>> made(ApiKey key, Secret secret) {
        directory.catchUp();
        return ResponseEntity.status(HttpStatus.CREATED).body(Answer.of(new Made(new Shown(key, secret.text()))));
    }

    private long partnerId(String text) {
        return PathId.parse(text).stream()
                .filter(id -> partners.find(id).isPresent())
                .findFirst()
                .orElseThrow(() -> PartnerProblems.notFound().asException());
    }

    private static long keyId(String text) {
        return PathId.parse(text)
                .orElseThrow(() -> PartnerProblems.keyNotFound().asException());
    }
}

package io.headwaiter.gateway.webhooks;

import io.headwaiter.gateway.Answer;
import io.headwaiter.gateway.directory.Caller;
import io.headwaiter.gateway.input.IfMatch;
import io.headwaiter.gateway.input.Paging;
import io.headwaiter.gateway.input.Query;
import io.headwaiter.gateway.input.ReadBody;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/webhook-endpoints}: those of the caller's partner, and one more. */
@RestController
@RequestMapping(path = "/api/webhook-endpoints", produces = MediaType.APPLICATION_JSON_VALUE)
class HooksEndpoint {

    private final StoredHooks hooks;
    private final CheckHook check;
    private final SealSecrets seal;
    private final ReadBody bodies;

    HooksEndpoint(StoredHooks hooks, CheckHook check, SealSecrets seal, ReadBody bodies) {
        this.hooks = hooks;
        this.check = check;
        this.seal = seal;
        this.bodies = bodies;
    }

    /** @param nextAfter the {@code after} of the next page; null when this one is the last */
    record Listed(List<Hook> webhookEndpoints, long total, @Nullable Long nextAfter) {}

    @GetMapping
    Answer<Listed> list(Caller caller, HttpServletRequest request) {
        Paging paging = Paging.of(Query.of(request, Paging.PARAMETERS));
        List<Hook> found = hooks.list(caller.partnerId(), paging.after(), paging.limit() + 1);
        List<Hook> shown = paging.shown(found);
        return Answer.of(new Listed(
                shown,
                hooks.count(caller.partnerId()),
                shown.size() < found.size() ? shown.getLast().id() : null));
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Answer<HookEndpoint.WithSecret>> add(Caller caller, HttpServletRequest request) {
        Query.of(request, Set.of());
        HookDetails details = HookDetails.NEW.changedBy(bodies.of(request));
        check.of(details, null, caller);
        SigningSecret secret = new SigningSecret();
        Hook hook = hooks.add(HookReach.of(caller), details, secret.sealedBy(seal));
        return ResponseEntity.created(URI.create("/api/webhook-endpoints/" + hook.id()))
                .eTag(IfMatch.tag(hook.version()))
                .body(Answer.of(new HookEndpoint.WithSecret(hook, secret.text())));
    }
}

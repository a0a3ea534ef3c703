package io.headwaiter.gateway.webhooks;

import io.headwaiter.gateway.Answer;
import io.headwaiter.gateway.access.PathId;
import io.headwaiter.gateway.directory.Caller;
import io.headwaiter.gateway.input.IfMatch;
import io.headwaiter.gateway.input.Members;
import io.headwaiter.gateway.input.Query;
import io.headwaiter.gateway.input.ReadBody;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/webhook-endpoints/{id}}: one of them. */
@RestController
@RequestMapping(path = "/api/webhook-endpoints/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
class HookEndpoint {

    private final StoredHooks hooks;
    private final CheckHook check;
    private final SealSecrets seal;
    private final ReadBody bodies;

    HookEndpoint(StoredHooks hooks, CheckHook check, SealSecrets seal, ReadBody bodies) {
        this.hooks = hooks;
        this.check = check;
        this.seal = seal;
        this.bodies = bodies;
    }

    record Single(Hook webhookEndpoint) {}

    /** @param secret nobody sees it again */
    record WithSecret(Hook webhookEndpoint, String secret) {

        @Override
        public String toString() {
            return "WithSecret";
        }
    }

    /** Spring answers 304 by the tag. */
    @GetMapping
    ResponseEntity<Answer<Single>> show(Caller caller, @PathVariable String id, HttpServletRequest request) {
        Query.of(request, Set.of());
        return single(hooks.find(caller.partnerId(), known(id))
                .orElseThrow(() -> HookProblems.notFound().asException()));
    }

    @PatchMapping(consumes = {MediaType.APPLICATION_JSON_VALUE, ReadBody.MERGE_PATCH})
    ResponseEntity<Answer<Single>> patch(Caller caller, @PathVariable String id, HttpServletRequest request) {
        Query.of(request, Set.of());
        IfMatch ifMatch = IfMatch.of(request);
        Members body = bodies.of(request);
        return single(hooks.change(HookReach.of(caller), known(id), ifMatch, before -> {
            HookDetails after = before.details().changedBy(body);
            check.of(after, before, caller);
            return after;
        }));
    }

    @DeleteMapping
    ResponseEntity<Void> delete(Caller caller, @PathVariable String id, HttpServletRequest request) {
        Query.of(request, Set.of());
        hooks.delete(HookReach.of(caller), known(id), IfMatch.of(request));
        return ResponseEntity.noContent().build();
    }

    @PostMapping("/secret")
    ResponseEntity<Answer<WithSecret>> rotate(Caller caller, @PathVariable String id, HttpServletRequest request) {
        Query.of(request, Set.of());
        SigningSecret secret = new SigningSecret();
        Hook hook = hooks.rotate(HookReach.of(caller), known(id), secret.sealedBy(seal));
        return ResponseEntity.status(HttpStatus.CREATED)
                .eTag(IfMatch.tag(hook.version()))
                .body(Answer.of(new WithSecret(hook, secret.text())));
    }

    static long known(String id) {
        return PathId.parse(id).orElseThrow(() -> HookProblems.notFound().asException());
    }

    private static ResponseEntity<Answer<Single>> single(Hook hook) {
        return ResponseEntity.ok().eTag(IfMatch.tag(hook.version())).body(Answer.of(new Single(hook)));
    }
}

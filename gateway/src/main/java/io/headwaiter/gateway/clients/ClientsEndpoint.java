package io.headwaiter.gateway.clients;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.headwaiter.gateway.Answer;
import io.headwaiter.gateway.access.Admission;
import io.headwaiter.gateway.clients.StoredClients.Page;
import io.headwaiter.gateway.input.CheckValues;
import io.headwaiter.gateway.input.IfMatch;
import io.headwaiter.gateway.input.Paging;
import io.headwaiter.gateway.input.Query;
import io.headwaiter.gateway.input.ReadBody;
import io.headwaiter.gateway.input.ReadGuest;
import io.headwaiter.schemas.GuestDetails;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code .../clients}: looking for guests, and adding one. */
@RestController
@RequestMapping(path = "/api/restaurants/{restId}/clients", produces = MediaType.APPLICATION_JSON_VALUE)
class ClientsEndpoint {

    private static final Set<String> PARAMETERS = Stream.concat(
                    ClientSearch.PARAMETERS.stream(), Paging.PARAMETERS.stream())
            .collect(Collectors.toUnmodifiableSet());

    private final StoredClients clients;
    private final ReadBody bodies;
    private final CheckValues check;

    ClientsEndpoint(StoredClients clients, ReadBody bodies, CheckValues check) {
        this.clients = clients;
        this.bodies = bodies;
        this.check = check;
    }

    /** @param nextAfter the {@code after} of the next page; null when this one is the last */
    record Listed(
            List<Client> clients, long total, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long nextAfter) {}

    @GetMapping
    Answer<Listed> list(Admission admission, HttpServletRequest request) {
        Query query = Query.of(request, PARAMETERS);
        Paging paging = Paging.of(query);
        Page page = clients.list(admission.restaurantId(), ClientSearch.of(query), paging);
        List<Client> shown = paging.shown(page.clients());
        boolean more = shown.size() < page.clients().size();
        return Answer.of(new Listed(shown, page.total(), more ? shown.getLast().id() : null));
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Answer<ClientEndpoint.Single>> add(Admission admission, HttpServletRequest request) {
        Query.of(request, Set.of());
        GuestDetails guest = ReadGuest.from(bodies.of(request));
        check.ofMember("client.", guest, Set.of());
        Client client = clients.add(admission.restaurantId(), guest)
                .orElseThrow(() -> ClientProblems.emailTaken().asException());
        return ResponseEntity.created(
                        URI.create("/api/restaurants/%d/clients/%d".formatted(admission.restaurantId(), client.id())))
                .eTag(IfMatch.tag(client.version()))
                .body(Answer.of(new ClientEndpoint.Single(client)));
    }
}

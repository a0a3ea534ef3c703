package io.headwaiter.gateway.bookings;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.headwaiter.gateway.Answer;
import io.headwaiter.gateway.access.Admission;
import io.headwaiter.gateway.access.PathId;
import io.headwaiter.gateway.bookings.AskWorker.Decided;
import io.headwaiter.gateway.bookings.StoredBlocks.Block;
import io.headwaiter.gateway.input.Paging;
import io.headwaiter.gateway.input.Query;
import io.headwaiter.gateway.input.ReadBody;
import io.headwaiter.gateway.problems.Problem;
import io.headwaiter.schemas.BlockFacts;
import io.headwaiter.schemas.BlockTable;
import io.headwaiter.schemas.RequestKey;
import io.headwaiter.schemas.TableBlocked;
import io.headwaiter.schemas.TableUnblocked;
import io.headwaiter.schemas.UnblockTable;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

/** {@code .../blocks}: tables that the house keeps for itself for a time. */
@RestController
@RequestMapping(path = "/api/restaurants/{restId}/blocks", produces = MediaType.APPLICATION_JSON_VALUE)
class BlocksEndpoint {

    private static final Set<String> PARAMETERS =
            Stream.concat(Paging.PARAMETERS.stream(), Stream.of("table_id")).collect(Collectors.toUnmodifiableSet());

    private final ReadBody bodies;
    private final ReadChange changes;
    private final AskWorker worker;
    private final StoredBlocks blocks;

    BlocksEndpoint(ReadBody bodies, ReadChange changes, AskWorker worker, StoredBlocks blocks) {
        this.bodies = bodies;
        this.changes = changes;
        this.worker = worker;
        this.blocks = blocks;
    }

    /** @param nextAfter the {@code after} of the next page; null when this one is the last */
    record Listed(
            List<Block> blocks, long total, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long nextAfter) {}

    record Single(Block block) {}

    record Made(BlockFacts block, String requestId) {}

    /** Those that are not over yet. */
    @GetMapping
    Answer<Listed> list(Admission admission, HttpServletRequest request) {
        Query query = Query.of(request, PARAMETERS);
        Paging paging = Paging.of(query);
        Long table = query.text("table_id")
                .map(text -> Query.wholeNumber("table_id", text))
                .orElse(null);
        StoredBlocks.Page page = blocks.list(admission.restaurantId(), table, paging);
        List<Block> shown = paging.shown(page.blocks());
        return Answer.of(new Listed(
                shown,
                page.total(),
                shown.size() < page.blocks().size() ? shown.getLast().id() : null));
    }

    @GetMapping("/{id}")
    Answer<Single> show(Admission admission, @PathVariable String id, HttpServletRequest request) {
        Query.of(request, Set.of());
        return Answer.of(new Single(PathId.parse(id).stream()
                .mapToObj(known -> blocks.find(admission.restaurantId(), known))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> notFound().asException())));
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    void block(Admission admission, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Query.of(request, Set.of());
        BlockTable asked = changes.block(bodies.of(request), admission);
        // With everybody who asks for this table, in order.
        worker.about(
                request,
                response,
                asked,
                new RequestKey(asked.restaurantId(), asked.tableId()),
                BlocksEndpoint::blocked);
    }

    private static ResponseEntity<? extends Answer<?>> blocked(Decided decided) {
        TableBlocked event = (TableBlocked) decided.event();
        return ResponseEntity.created(URI.create("/api/restaurants/%d/blocks/%d"
                        .formatted(event.restaurantId(), event.block().id())))
                .body(Answer.of(new Made(event.block(), decided.token())));
    }

    @DeleteMapping("/{id}")
    void unblock(Admission admission, @PathVariable String id, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Query.of(request, Set.of());
        UnblockTable asked = new UnblockTable(
                admission.restaurantId(),
                admission.caller().partnerId(),
                PathId.parse(id).orElseThrow(() -> notFound().asException()));
        worker.about(
                request,
                response,
                asked,
                new RequestKey(asked.restaurantId(), 0),
                decided -> ResponseEntity.ok(
                        Answer.of(new Made(((TableUnblocked) decided.event()).block(), decided.token()))));
    }

    private static Problem notFound() {
        return Problem.of(HttpStatus.NOT_FOUND, "block_not_found", "There is no such block.");
    }
}

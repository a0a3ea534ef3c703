package io.headwaiter.local.faults.kinds;

import io.headwaiter.local.faults.cluster.Await;
import io.headwaiter.local.faults.cluster.Cluster;
import io.headwaiter.local.faults.cluster.Group;
import io.headwaiter.local.faults.cluster.Worker;
import io.headwaiter.local.faults.load.FollowEvents;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** What faults have at hand. */
public record Stage(Cluster cluster, Group group, OwnRequests own, FollowEvents events) {

    /** Longer than anything may take. */
    static final Duration LIMIT = Duration.ofSeconds(60);

    Worker anyWorker(Random dice) {
        List<Worker> workers = cluster.workers();
        return workers.get(dice.nextInt(workers.size()));
    }

    /** A worker that has partitions, this or the next, and which. */
    Owner owner(Random dice) throws Group.Away {
        int first = dice.nextInt(cluster.workers().size());
        long end = System.nanoTime() + LIMIT.toNanos();
        for (int turn = 0; System.nanoTime() < end; turn++) {
            Worker worker = cluster.workers()
                    .get((first + turn / 20) % cluster.workers().size());
            Set<Integer> partitions = group.partitionsOf(worker);
            if (!partitions.isEmpty() && worker.process().isReady()) {
                return new Owner(worker, partitions);
            }
            Await.aMoment();
        }
        throw new IllegalStateException("no worker has a partition");
    }

    record Owner(Worker worker, Set<Integer> partitions) {

        @Override
        public String toString() {
            return worker.name() + " with partitions " + partitions;
        }
    }

    /**
     * How long from then until in each of these partitions something is decided, and published, that nobody has asked before now.
     * Empty: in one of them nothing is, for as long as a fault may last at the most.
     */
    Optional<Duration> untilDecided(Set<Integer> partitions, long since) {
        Map<Integer, Long> now = group.endsWhenever();
        now.keySet().retainAll(partitions);
        try (NewRequests requests = NewRequests.from(now, cluster.bootstrapServers())) {
            long asked = System.nanoTime();
            Set<Integer> waiting = new HashSet<>(partitions);
            while (System.nanoTime() - since < LIMIT.toNanos()) {
                requests.read();
                waiting.removeIf(
                        partition -> requests.in(partition).stream().anyMatch(id -> events.hasSeen(id, asked)));
                if (waiting.isEmpty()) {
                    return Optional.of(Duration.ofNanos(System.nanoTime() - since));
                }
            }
        }
        return Optional.empty();
    }
}

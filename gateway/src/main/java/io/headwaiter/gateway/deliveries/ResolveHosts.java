package io.headwaiter.gateway.deliveries;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.springframework.stereotype.Component;

/**
 * Asks the system for addresses, on threads of its own: the system's way of asking holds a carrier of virtual threads for as long
 * as it takes, and how long a partner's name server takes is not for the gateway's callers to wait.
 */
@Component
class ResolveHosts implements DnsResolver, AutoCloseable {

    private static final int THREADS = 64;
    private static final int WAITING = 1_000;
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Each is given time to connect: a host with a hundred of them must not take a hundred times that. */
    private static final int MOST = 2;

    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE.toMillis(),
            TimeUnit.MILLISECONDS,
            new LinkedBlockingQueue<>(WAITING),
            Thread.ofPlatform().daemon().name("webhook-hosts-", 0).factory());

    ResolveHosts() {
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        try {
            Future<InetAddress[]> asked = threads.submit(() -> InetAddress.getAllByName(host));
            InetAddress[] all = asked.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return Arrays.copyOf(all, Math.min(MOST, all.length));
        } catch (ExecutionException | TimeoutException | RejectedExecutionException none) {
            throw new UnknownHostException(host);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new UnknownHostException(host);
        }
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}

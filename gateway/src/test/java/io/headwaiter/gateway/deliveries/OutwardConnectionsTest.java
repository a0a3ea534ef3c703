package io.headwaiter.gateway.deliveries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwaiter.gateway.GatewayProperties;
import io.headwaiter.gateway.testing.Headwaiter;
import io.headwaiter.gateway.testing.RunningGateway;
import io.headwaiter.gateway.webhooks.SealSecrets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.junit.jupiter.api.Test;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

/** Which connections are made, and which are not, by the client that webhooks are sent with. */
class OutwardConnectionsTest {

    private static final RunningGateway GATEWAY = Headwaiter.shared().gateway();

    /** A name server that tells who asks first something else than who asks later. */
    private static DnsResolver rebinding(String first, String later) {
        AtomicInteger asked = new AtomicInteger();
        return new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                return new InetAddress[] {InetAddress.getByName(asked.getAndIncrement() == 0 ? first : later)};
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
    }

    private static Answer send(PublicAddresses addresses, DnsResolver hosts, String url) throws Exception {
        return send(addresses, hosts, url, new DefaultSslBundleRegistry());
    }

    private static Answer send(PublicAddresses addresses, DnsResolver hosts, String url, SslBundles bundles)
            throws Exception {
        SealSecrets seal = GATEWAY.bean(SealSecrets.class);
        try (CloseableHttpClient client = new DeliveriesSetup().webhookClient(addresses, hosts, bundles)) {
            return new SendWebhook(client, seal, GATEWAY.bean(GatewayProperties.class))
                    .send(new Due(
                            1,
                            1,
                            "id",
                            0,
                            URI.create(url),
                            List.of(seal.seal(new byte[32])),
                            new byte[0],
                            Instant.now()));
        }
    }

    @Test
    void a_name_that_was_public_a_moment_ago_leads_no_way_inside() throws Exception {
        AtomicInteger connections = new AtomicInteger();
        try (ServerSocket inside = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                while (!inside.isClosed()) {
                    try (Socket socket = inside.accept()) {
                        connections.incrementAndGet();
                    } catch (IOException closed) {
                        return;
                    }
                }
            });
            String url = "https://rebinds.example.com:" + inside.getLocalPort() + "/";
            PublicAddresses outside = new PublicAddresses(false);
            DnsResolver hosts = rebinding("1.1.1.1", "127.0.0.1");
            assertThat(outside.refuses(URI.create(url))).isEmpty();
            assertThat(outside.allows(hosts.resolve("rebinds.example.com")[0])).isTrue();

            assertThat(send(outside, hosts, url)).isEqualTo(new Answer.Silence("its address is not public"));
            assertThat(send(outside, new ResolveHosts(), "https://localhost:" + inside.getLocalPort()))
                    .isEqualTo(new Answer.Silence("its address is not public"));
            assertThat(send(outside, new ResolveHosts(), "http://127.0.0.1:" + inside.getLocalPort()))
                    .isEqualTo(new Answer.Silence("its address is not public"));
            assertThat(connections).hasValue(0);

            // With the setting for development the very same gets there.
            send(new PublicAddresses(true), hosts, url);
            await().untilAsserted(() -> assertThat(connections).hasValue(1));
        }
    }

    @Test
    void of_a_host_with_a_public_address_and_one_inside_only_the_public_one_is_connected_to() throws Exception {
        AtomicInteger connections = new AtomicInteger();
        try (ServerSocket inside = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                OutwardSocket socket = new OutwardSocket(new PublicAddresses(false))) {
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> socket.connect(inside.getLocalSocketAddress()))
                    .isInstanceOf(AddressNotPublic.class);
            assertThat(socket.isConnected()).isFalse();
            assertThat(connections).hasValue(0);
        }
    }

    @Test
    void a_server_must_prove_that_it_is_the_host_of_the_url_wherever_that_is() throws Exception {
        Authority authority = new Authority();
        SslBundles trusted = new DefaultSslBundleRegistry(
                DeliveriesSetup.TRUSTED,
                SslBundle.of(new PemSslStoreBundle(null, PemSslStoreDetails.forCertificate(authority.pem()))));
        String host = "hooks.example.com";
        DnsResolver hosts = rebinding("127.0.0.1", "127.0.0.1");
        PublicAddresses local = new PublicAddresses(true);
        Receiver.Answering answering = Receiver.text(200, "thank you");
        try (Receiver right = new Receiver(answering, authority.server(host));
                Receiver another = new Receiver(answering, authority.server("hooks.example.org"));
                Receiver address = new Receiver(answering, authority.server("127.0.0.1"));
                Receiver late = new Receiver(answering, authority.expiredServer(host));
                Receiver impostor = new Receiver(answering, Authority.impostor(host))) {
            assertThat(send(local, hosts, right.url(host, "/"), trusted))
                    .isEqualTo(new Answer.Response(200, "thank you", null));
            assertThat(right.received()).hasSize(1);

            for (Receiver wrong : List.of(another, address, late, impostor)) {
                assertInsecure(send(local, hosts, wrong.url(host, "/"), trusted));
                assertThat(wrong.received()).isEmpty();
            }
            // By its address it is known by that alone.
            assertInsecure(send(local, hosts, right.url("127.0.0.1", "/"), trusted));
            assertThat(send(local, hosts, address.url("127.0.0.1", "/"), trusted))
                    .isEqualTo(new Answer.Response(200, "thank you", null));
            // Whom nobody was told to trust is not trusted.
            assertInsecure(send(local, hosts, right.url(host, "/")));
            assertThat(right.received()).hasSize(1);
        }
    }

    private static void assertInsecure(Answer answer) {
        assertThat(answer).isInstanceOfSatisfying(Answer.Silence.class, silence -> assertThat(silence.why())
                .startsWith("no secure connection"));
    }

    @Test
    void a_host_without_an_address_is_told_so() throws Exception {
        try (ResolveHosts hosts = new ResolveHosts()) {
            assertThat(hosts.resolve("127.0.0.1")).containsExactly(InetAddress.getByName("127.0.0.1"));
            assertThat(hosts.resolveCanonicalHostname("a.example.com")).isEqualTo("a.example.com");
        }
        assertThat(send(new PublicAddresses(false), new ResolveHosts(), "https://nowhere.invalid/"))
                .isEqualTo(new Answer.Silence("its host has no address"));
    }
}

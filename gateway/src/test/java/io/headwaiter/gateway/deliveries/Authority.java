package io.headwaiter.gateway.deliveries;

import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/** Signs certificates of servers. Nobody trusts it who was not told to. */
final class Authority {

    private final HeldCertificate root = new HeldCertificate.Builder()
            .certificateAuthority(0)
            .commonName("Headwaiter's tests")
            .build();

    /** Its own certificate. */
    String pem() {
        return root.certificatePem();
    }

    /** A server of this name or address, as its certificate says, which this authority has signed. */
    SSLContext server(String name) {
        return context(of(name).signedBy(root));
    }

    /** As {@link #server}, a day too late. */
    SSLContext expiredServer(String name) {
        Instant end = Instant.now().minus(Duration.ofDays(1));
        return context(of(name).signedBy(root)
                .validityInterval(end.minus(Duration.ofDays(1)).toEpochMilli(), end.toEpochMilli()));
    }

    /** A server whose certificate says the same, signed by itself. */
    static SSLContext impostor(String name) {
        return context(of(name));
    }

    private static HeldCertificate.Builder of(String name) {
        return new HeldCertificate.Builder().commonName(name).addSubjectAlternativeName(name);
    }

    private static SSLContext context(HeldCertificate.Builder certificate) {
        return new HandshakeCertificates.Builder()
                .heldCertificate(certificate.build())
                .build()
                .sslContext();
    }
}

package io.headwaiter.gateway.deliveries;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressesTest {

    private final PublicAddresses outside = new PublicAddresses(false);
    private final PublicAddresses local = new PublicAddresses(true);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "100.64.0.1",
                "100.100.100.200",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.254",
                "168.63.129.16",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.192",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::7f00:1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::ffff:0:7f00:1",
                "64:ff9b::7f00:1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b::c0a8:101",
                "64:ff9b:1::808:808",
                "64:ff9b:0:0:1::808:808",
                "100::1",
                "2001::1",
                "2001:10::1",
                "2001:db8::1",
                "2002:7f00:1::",
                "2002:808:808::1",
                "3fff::1",
                "5f00::1",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "febf::1",
                "fec0::1",
                "ff02::1",
                "4000::1"
            })
    void an_address_inside_is_not_connected_to(String address) throws UnknownHostException {
        assertThat(outside.allows(InetAddress.getByName(address))).isFalse();
        assertThat(local.allows(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "128.0.0.1",
                "168.63.129.17",
                "169.253.255.255",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "::ffff:8.8.8.8",
                "64:ff9b::808:808",
                "2001:200::1",
                "2001:4860:4860::8888",
                "2003::1",
                "2606:4700::1111",
                "3ffe::1"
            })
    void a_public_address_is_connected_to(String address) throws UnknownHostException {
        assertThat(outside.allows(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com/",
                "ftp://example.com/",
                "/hooks",
                "mailto:a@example.com",
                "https:///hooks",
                "https://user:secret@example.com/",
                "https://user@example.com/",
                "https://example.com/#part",
                "https://example.com:0/",
                "https://example.com:22/",
                "https://example.com:25/",
                "https://example.com:80/",
                "https://example.com:65536/",
                "https://localhost/",
                "https://LOCALHOST./",
                "https://a.localhost/",
                "https://kafka/",
                "https://127.0.0.1/",
                "https://127.0.0.1./",
                "https://127.1/",
                "https://2130706433/",
                "https://0x7f.0.0.1/",
                "https://0x7f000001/",
                "https://0177.0.0.1/",
                "https://a.0x1/",
                "https://999.1.1.1/",
                "https://169.254.169.254/latest/meta-data",
                "https://[::1]/",
                "https://[::]/",
                "https://[::ffff:127.0.0.1]/",
                "https://[64:ff9b::7f00:1]/",
                "https://[fe80::1%25eth0]/"
            })
    void a_url_that_points_inside_or_is_none_of_ours_is_refused(String url) {
        assertThat(outside.refuses(URI.create(url))).as(url).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com", "https://example.com/hooks?a=b", "HTTPS://Example.COM:443/",
                        "https://example.com:8443/",
                "https://xn--bcher-kva.example/", "https://1.1.1.1/", "https://[2606:4700::1111]/",
                        "https://1a.example.com/"
            })
    void a_url_outside_is_not_refused(String url) {
        assertThat(outside.refuses(URI.create(url))).as(url).isEmpty();
    }

    @Test
    void development_may_send_to_its_own_machine_without_encryption() {
        assertThat(local.refuses(URI.create("http://localhost:8081/hooks"))).isEmpty();
        assertThat(local.refuses(URI.create("http://127.0.0.1:80/"))).isEmpty();
        assertThat(local.refuses(URI.create("https://[::1]:443/"))).isEmpty();
        assertThat(local.refuses(URI.create("ftp://localhost/"))).isPresent();
        assertThat(local.refuses(URI.create("http://user@localhost/"))).isPresent();
    }
}

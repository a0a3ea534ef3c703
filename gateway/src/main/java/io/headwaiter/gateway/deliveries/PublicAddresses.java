package io.headwaiter.gateway.deliveries;

import io.headwaiter.gateway.GatewayProperties;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Where a partner may have us connect to: the public internet, and no place inside. What is not known to be public is not.
 * {@link #refuses} says what can be said of a URL by looking at it. What its name stands for may change at any time, so the
 * last word is {@link #allows}, which is asked about each address at the moment it is connected to.
 */
@Component
public class PublicAddresses {

    /** What is not public of IPv4, by IANA's registry of special purposes. */
    private static final List<Range> NOT_PUBLIC = ranges(
            "0.0.0.0/8",
            "10.0.0.0/8",
            // Shared by a carrier's customers.
            "100.64.0.0/10",
            "127.0.0.0/8",
            // Link-local, where clouds show a machine its own keys.
            "169.254.0.0/16",
            // Azure's, at an address that looks public.
            "168.63.129.16/32",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            // Multicast, reserved, broadcast.
            "224.0.0.0/3");

    /** Of IPv6 this alone is public. */
    private static final Range GLOBAL = new Range("2000::/3");

    /** And of that not these: protocols (Teredo among them), documentation, and 6to4, which hides an IPv4 address. */
    private static final List<Range> NOT_GLOBAL = ranges("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    /** How IPv4 is reached from a network without it: what counts is the address behind it. */
    private static final Range NAT64 = new Range("64:ff9b::/96");

    private static final Pattern FOUR_NUMBERS = Pattern.compile("(?:0|[1-9]\\d{0,2})(?:\\.(?:0|[1-9]\\d{0,2})){3}");
    /** The last part of a name that some take for a number: 2130706433 and 0x7f.1 are 127.0.0.1 to them. */
    private static final Pattern NUMBER = Pattern.compile("\\d+|0x[0-9a-f]*");

    private static final int LARGEST_PORT = 65_535;
    private static final int FIRST_UNPRIVILEGED_PORT = 1_024;
    private static final int HTTPS = 443;

    private final boolean local;

    @Autowired
    PublicAddresses(GatewayProperties properties) {
        this(properties.webhooksLocal());
    }

    PublicAddresses(boolean local) {
        this.local = local;
    }

    /** Why nothing can be sent to this URL, in words for its partner; empty when there is no reason in what it says. */
    public Optional<String> refuses(URI url) {
        if (!"https".equalsIgnoreCase(url.getScheme()) && !(local && "http".equalsIgnoreCase(url.getScheme()))) {
            return Optional.of("must begin with https://");
        }
        if (url.getRawUserInfo() != null) {
            return Optional.of("must not have a user or a password");
        }
        if (url.getRawFragment() != null) {
            return Optional.of("must not have a fragment");
        }
        if (url.getHost() == null) {
            return Optional.of("must have a host, in ASCII");
        }
        return refusesPort(url.getPort())
                ? Optional.of("must have no port but 443 or one from 1024 on")
                : refusesHost(url.getHost().toLowerCase(Locale.ROOT));
    }

    private boolean refusesPort(int port) {
        return port == 0
                || port > LARGEST_PORT
                || !local && port != -1 && port != HTTPS && port < FIRST_UNPRIVILEGED_PORT;
    }

    private Optional<String> refusesHost(String host) {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        boolean literal = name.startsWith("[") || FOUR_NUMBERS.matcher(name).matches();
        if (literal) {
            Optional<InetAddress> address = name.contains("%") ? Optional.empty() : parse(name);
            return address.isPresent() && allows(address.get())
                    ? Optional.empty()
                    : Optional.of("must not be at an address that is not public");
        }
        if (NUMBER.matcher(name.substring(name.lastIndexOf('.') + 1)).matches()) {
            return Optional.of("must have a host that is a name, or four numbers");
        }
        return local || name.contains(".") && !name.endsWith(".localhost")
                ? Optional.empty()
                : Optional.of("must have a host with a public name");
    }

    /** Whether this address may be connected to. */
    boolean allows(InetAddress address) {
        return local || isPublic(address);
    }

    private static boolean isPublic(InetAddress address) {
        // An IPv4 address mapped into IPv6 is an Inet4Address already.
        byte[] bytes = address.getAddress();
        if (address instanceof Inet4Address) {
            return isPublicIpv4(bytes);
        }
        if (NAT64.has(bytes)) {
            return isPublicIpv4(Arrays.copyOfRange(bytes, 12, 16));
        }
        return GLOBAL.has(bytes) && NOT_GLOBAL.stream().noneMatch(range -> range.has(bytes));
    }

    private static boolean isPublicIpv4(byte[] bytes) {
        return NOT_PUBLIC.stream().noneMatch(range -> range.has(bytes));
    }

    /** Of what is an address already, and no name to be looked up. */
    private static Optional<InetAddress> parse(String literal) {
        try {
            return Optional.of(InetAddress.getByName(literal));
        } catch (UnknownHostException notOne) {
            return Optional.empty();
        }
    }

    private static List<Range> ranges(String... ranges) {
        return Stream.of(ranges).map(Range::new).toList();
    }

    /** Addresses that have their first bits in common. */
    private static final class Range {

        private final byte[] first;
        private final int bits;

        Range(String text) {
            int slash = text.indexOf('/');
            first = parse(text.substring(0, slash)).orElseThrow().getAddress();
            bits = Integer.parseInt(text.substring(slash + 1));
        }

        boolean has(byte[] address) {
            if (address.length != first.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> bit % 8;
                if ((address[bit / 8] & mask) != (first[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}

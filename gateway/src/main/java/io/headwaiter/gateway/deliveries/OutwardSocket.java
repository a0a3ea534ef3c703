package io.headwaiter.gateway.deliveries;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;

/**
 * A socket that connects to public addresses only. It looks at the very address that it is told to connect to, at that moment:
 * whatever a name stood for before, or stands for a moment later, does not matter.
 */
final class OutwardSocket extends Socket {

    private final PublicAddresses addresses;

    OutwardSocket(PublicAddresses addresses) {
        super(Proxy.NO_PROXY);
        this.addresses = addresses;
    }

    @Override
    public void connect(SocketAddress to, int timeout) throws IOException {
        if (!(to instanceof InetSocketAddress internet)
                || internet.isUnresolved()
                || !addresses.allows(internet.getAddress())) {
            close();
            throw new AddressNotPublic();
        }
        super.connect(to, timeout);
    }
}

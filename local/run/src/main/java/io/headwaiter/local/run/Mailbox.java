package io.headwaiter.local.run;

import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.store.StoredMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Flags;
import java.util.List;
import java.util.Optional;

/** The mail server of this run: takes what is sent to anybody, passes nothing on, and remembers the latest until the run ends. */
final class Mailbox {

    static final int MOST_KEPT = 200;

    private static final String HOST = "127.0.0.1";

    private final int port;
    private final GreenMail server;

    Mailbox(int port) {
        this.port = port;
        this.server = new GreenMail(new ServerSetup(port, HOST, ServerSetup.PROTOCOL_SMTP));
    }

    void start() {
        server.start();
        GreenMailUser everybody = server.setUser("everybody@" + HOST, "");
        server.getUserManager().setMessageDeliveryHandler((message, to) -> {
            forgetOldest();
            return everybody;
        });
    }

    void stop() {
        server.stop();
    }

    int port() {
        return port;
    }

    /** The oldest first. */
    List<StoredMessage> mails() {
        return server.isRunning() ? server.getManagers().getImapHostManager().getAllMessages() : List.of();
    }

    Optional<StoredMessage> mail(long id) {
        return mails().stream().filter(mail -> mail.getUid() == id).findFirst();
    }

    private void forgetOldest() {
        var mails = mails();
        if (mails.size() < MOST_KEPT) {
            return;
        }
        mails.getFirst().setFlag(Flags.Flag.DELETED, true);
        try {
            inbox().expunge();
        } catch (FolderException gone) {
            throw new IllegalStateException(gone);
        }
    }

    private MailFolder inbox() throws FolderException {
        var everybody = server.getUserManager().getUserByEmail("everybody@" + HOST);
        return server.getManagers().getImapHostManager().getInbox(everybody);
    }
}

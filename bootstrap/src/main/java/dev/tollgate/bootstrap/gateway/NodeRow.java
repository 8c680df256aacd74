package dev.tollgate.bootstrap.gateway;

import dev.tollgate.application.identity.Nodes;
import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.application.relay.ThisNode;
import dev.tollgate.bootstrap.settings.StartRefused;
import dev.tollgate.bootstrap.usage.Loops;
import dev.tollgate.bootstrap.wiring.NodeFile;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the other nodes how this one does, and keeps its id its own while it lives. */
@Singleton
final class NodeRow implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("tollgate.main");
    private static final Duration TELL_PAUSE = Duration.ofSeconds(3);
    private static final Duration FORGET_PAUSE = Duration.ofHours(1);

    private final Nodes nodes;
    private final ThisNode node;
    private final NodeFile file;
    private final Loops loops = new Loops();
    private boolean isClaimed;
    private boolean isTakenTold;

    NodeRow(Nodes nodes, ThisNode node, NodeFile file) {
        this.nodes = nodes;
        this.node = node;
        this.file = file;
    }

    /** Takes the id. @throws StartRefused if another process has it that is not gone */
    void claim() {
        if (!nodes.tell(node.now(), file.former())) {
            throw new StartRefused("another node is called " + file.id() + ": give this one a TOLLGATE_NODE_ID of its"
                    + " own; one that was killed is forgotten after " + Nodes.GONE_AFTER.toSeconds() + " s");
        }
        isClaimed = true;
        file.remember();
    }

    /** Tells from now on. */
    void start() {
        tell();
        loops.start("node-row", TELL_PAUSE, this::tell);
        loops.start("node-forgetting", FORGET_PAUSE, this::forget);
    }

    private void tell() {
        boolean isTaken = !nodes.tell(node.now(), file.mark());
        if (isTaken && !isTakenTold) {
            LOG.error("another node is called {} as well: give one of them another TOLLGATE_NODE_ID", file.id());
        }
        isTakenTold = isTaken;
    }

    private void forget() {
        nodes.forget(node.now().seenAt().minus(Nodes.REMEMBERED_FOR));
    }

    /** Forgets this node, for it ends in order. */
    @Override
    @PreDestroy
    public void close() {
        loops.close();
        if (!isClaimed) {
            return;
        }
        isClaimed = false;
        try {
            nodes.remove(node.now());
        } catch (StoreUnavailable e) {
            LOG.debug("this node is taken for gone in a while", e);
        }
    }
}

package dev.tollgate.application.identity;

import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/** Nodes in memory. */
public final class InMemoryNodes implements Nodes {
    private final TreeMap<String, Node> nodes = new TreeMap<>();

    @Override
    public synchronized boolean tell(Node node, String former) {
        Node present = nodes.getOrDefault(node.id(), node);
        boolean isOurs = present.mark().equals(node.mark()) || present.mark().equals(former);
        if (!isOurs && !present.isGone(node.seenAt())) {
            return false;
        }
        nodes.put(node.id(), node);
        return true;
    }

    @Override
    public synchronized List<Node> all() {
        return List.copyOf(nodes.values());
    }

    @Override
    public synchronized void remove(Node node) {
        nodes.values()
                .removeIf(present ->
                        present.id().equals(node.id()) && present.mark().equals(node.mark()));
    }

    @Override
    public synchronized void forget(Instant seenBefore) {
        nodes.values().removeIf(node -> node.seenAt().isBefore(seenBefore));
    }
}

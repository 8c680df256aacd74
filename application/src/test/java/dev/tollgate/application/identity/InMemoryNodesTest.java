package dev.tollgate.application.identity;

class InMemoryNodesTest extends NodesContract {
    @Override
    protected Nodes create() {
        return new InMemoryNodes();
    }
}

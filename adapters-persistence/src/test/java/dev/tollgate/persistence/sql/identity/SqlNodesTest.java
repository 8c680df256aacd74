package dev.tollgate.persistence.sql.identity;

import dev.tollgate.application.identity.Nodes;
import dev.tollgate.application.identity.NodesContract;
import dev.tollgate.persistence.sql.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;

class SqlNodesTest extends NodesContract {
    private static final TestDatabase DATABASE = TestDatabase.start();

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @AfterEach
    void empty() {
        DATABASE.transactions().run(sql -> sql.update("DELETE FROM node"));
    }

    @Override
    protected Nodes create() {
        return new SqlNodes(DATABASE.transactions());
    }
}

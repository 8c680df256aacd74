package dev.tollgate.persistence.sql.identity;

import dev.tollgate.application.identity.OperationLog;
import dev.tollgate.application.identity.OperationLogContract;
import dev.tollgate.persistence.sql.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;

class SqlOperationLogTest extends OperationLogContract {
    private static final TestDatabase DATABASE = TestDatabase.start();

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @AfterEach
    void empty() {
        DATABASE.transactions().run(sql -> sql.update("DELETE FROM operation_log"));
    }

    @Override
    protected OperationLog log() {
        return DATABASE.bean(OperationLog.class);
    }
}

package dev.tollgate.persistence.sql.identity;

import dev.tollgate.persistence.sql.SqlTransactions;
import jakarta.inject.Singleton;
import java.util.UUID;

/** Which deployment the database belongs to; its first start decides. */
@Singleton
public final class SqlDeployment {
    private final SqlTransactions transactions;

    SqlDeployment(SqlTransactions transactions) {
        this.transactions = transactions;
    }

    /** The deployment's identity; a database that had none gets one with these shards. */
    public Deployment claim(int shards) {
        return transactions.write(sql -> {
            sql.update(
                    "INSERT INTO deployment (id, cluster_id, shards) VALUES (1, ?, ?) ON DUPLICATE KEY UPDATE id = id",
                    UUID.randomUUID().toString(),
                    shards);
            return sql.first(
                            "SELECT cluster_id, shards FROM deployment WHERE id = ?",
                            row -> new Deployment(row.text("cluster_id"), row.integer("shards")),
                            1)
                    .orElseThrow();
        });
    }

    /**
     * What all nodes and stores of a deployment agree on.
     *
     * @param shards how many users are spread over
     */
    public record Deployment(String clusterId, int shards) {
        /** As the live store keeps it. */
        public String text() {
            return clusterId + "/" + shards;
        }
    }
}

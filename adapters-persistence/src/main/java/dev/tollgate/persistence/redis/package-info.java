/** The live store on Redis, shared by any number of nodes: each step is one script, each shard one hash tag. */
@NullMarked
package dev.tollgate.persistence.redis;

import org.jspecify.annotations.NullMarked;

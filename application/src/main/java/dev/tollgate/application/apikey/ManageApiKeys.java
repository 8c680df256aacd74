package dev.tollgate.application.apikey;

import dev.tollgate.application.identity.Page;
import dev.tollgate.application.identity.PageQuery;
import dev.tollgate.domain.apikey.ApiKeyId;
import dev.tollgate.domain.apikey.KeyText;
import dev.tollgate.domain.identity.UserId;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Use case: issue keys and keep them. Where an owner is given, keys of others are as if they did not exist; null is for
 * admins, who see all.
 */
public interface ManageApiKeys {
    Page<StoredKey> list(@Nullable UserId owner, PageQuery query);

    Optional<StoredKey> find(@Nullable UserId owner, ApiKeyId id);

    /** Issues a key; empty if there is no such user. */
    Optional<Issued> issue(UserId user, KeyTerms terms);

    /** Issues a key whose text is given, for demonstrations and tests; empty if there is no such user. */
    Optional<Issued> issue(UserId user, KeyTerms terms, KeyText text);

    /** Gives a key another text; the old one stops working everywhere within two seconds. */
    Optional<Issued> rotate(@Nullable UserId owner, ApiKeyId id);

    /** Applies a change to the terms as they are stored; empty if there is no such key. */
    Optional<StoredKey> change(@Nullable UserId owner, ApiKeyId id, UnaryOperator<KeyTerms> change);

    /** Deletes a key; empty if there is none, else the key as it was. */
    Optional<StoredKey> remove(@Nullable UserId owner, ApiKeyId id);

    /** A key with its text, which nobody can be told again. */
    record Issued(StoredKey key, KeyText text) {}
}

/**
 * A call told in nobody's dialect: what the request means, and the answer as a stream of events. Each dialect and each
 * platform has one codec to and from it, so that any reaches any; a call whose dialect its platform speaks never becomes
 * one.
 */
@NullMarked
package dev.tollgate.application.relay.conversation;

import org.jspecify.annotations.NullMarked;

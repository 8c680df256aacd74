/** Amazon Bedrock: Claude by its own API inside InvokeModel, every other call by Converse. */
@NullMarked
package dev.tollgate.upstream.bedrock;

import org.jspecify.annotations.NullMarked;

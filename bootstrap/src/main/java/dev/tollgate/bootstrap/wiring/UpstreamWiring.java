package dev.tollgate.bootstrap.wiring;

import dev.tollgate.application.account.AddressRules;
import dev.tollgate.application.account.FreshTokens;
import dev.tollgate.application.account.Probes;
import dev.tollgate.application.account.TokenEndpoint;
import dev.tollgate.application.relay.Upstream;
import dev.tollgate.domain.account.AccountType;
import dev.tollgate.upstream.AccountUpstreams;
import dev.tollgate.upstream.HttpProbes;
import dev.tollgate.upstream.Platform;
import dev.tollgate.upstream.anthropic.AnthropicUpstream;
import dev.tollgate.upstream.anthropic.ClaudeOAuthUpstream;
import dev.tollgate.upstream.azure.AzureEndpoint;
import dev.tollgate.upstream.bedrock.BedrockUpstream;
import dev.tollgate.upstream.conversation.FetchImages;
import dev.tollgate.upstream.gemini.GeminiUpstream;
import dev.tollgate.upstream.gemini.conversation.GeminiPlatformCodec;
import dev.tollgate.upstream.http.UpstreamHttp;
import dev.tollgate.upstream.oauth.HttpTokenEndpoint;
import dev.tollgate.upstream.openai.OpenAiUpstream;
import dev.tollgate.upstream.simulated.Pace;
import dev.tollgate.upstream.simulated.SimulatedUpstream;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Value;
import io.micronaut.http.netty.channel.EventLoopGroupRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/** The providers behind the accounts. */
@Factory
final class UpstreamWiring {
    @Singleton
    AddressRules addressRules(@Value("${tollgate.allow-private-upstreams:false}") boolean privateAllowed) {
        return new AddressRules(privateAllowed);
    }

    @Singleton
    @Bean(preDestroy = "close")
    UpstreamHttp upstreamHttp(EventLoopGroupRegistry loops, AddressRules rules, InstantSource clock) {
        return new UpstreamHttp(loops.getDefaultEventLoopGroup(), rules, clock);
    }

    @Singleton
    TokenEndpoint tokenEndpoint(UpstreamHttp http) {
        return new HttpTokenEndpoint(http);
    }

    @Singleton
    Platforms platforms(
            UpstreamHttp http,
            FreshTokens tokens,
            InstantSource clock,
            @Value("${tollgate.simulated.per-word:15ms}") Duration perWord) {
        AnthropicUpstream anthropic = new AnthropicUpstream(http, clock);
        return new Platforms(Map.of(
                AccountType.OPENAI, new OpenAiUpstream(http, clock),
                AccountType.AZURE_OPENAI, new OpenAiUpstream(http, clock, new AzureEndpoint()),
                AccountType.BEDROCK, new BedrockUpstream(http, clock),
                AccountType.CLAUDE, anthropic,
                AccountType.CLAUDE_OAUTH, new ClaudeOAuthUpstream(anthropic, tokens),
                AccountType.GEMINI, new GeminiUpstream(http, clock, new GeminiPlatformCodec(new FetchImages(http))),
                AccountType.SIMULATED, new SimulatedUpstream(clock, Pace.real(), perWord)));
    }

    @Singleton
    Upstream upstream(Platforms platforms) {
        return new AccountUpstreams(platforms.byType());
    }

    @Singleton
    Probes probes(UpstreamHttp http, Platforms platforms) {
        return new HttpProbes(http, platforms.byType());
    }

    /** Every platform there is, by the type of the account. */
    record Platforms(Map<AccountType, Platform> byType) {}
}

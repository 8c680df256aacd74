package dev.tollgate.upstream.conversation;

import dev.tollgate.application.relay.RelayCall;

/** What a caller may have asked for, and how each dialect names it, for telling the caller what is lost or at fault. */
public enum CallerField {
    TEMPERATURE("temperature", "temperature", "temperature", "generationConfig.temperature"),
    TOP_P("top_p", "top_p", "top_p", "generationConfig.topP"),
    TOP_K("top_k", "top_k", "top_k", "generationConfig.topK"),
    FREQUENCY_PENALTY(
            "frequency_penalty", "frequency_penalty", "frequency_penalty", "generationConfig.frequencyPenalty"),
    PRESENCE_PENALTY("presence_penalty", "presence_penalty", "presence_penalty", "generationConfig.presencePenalty"),
    SEED("seed", "seed", "seed", "generationConfig.seed"),
    STOP("stop", "stop", "stop_sequences", "generationConfig.stopSequences"),
    OUTPUT_BOUND("max_completion_tokens", "max_output_tokens", "max_tokens", "generationConfig.maxOutputTokens"),
    FORMAT("response_format", "text.format", "output_config.format", "generationConfig.responseMimeType"),
    REASONING("reasoning_effort", "reasoning", "thinking", "generationConfig.thinkingConfig"),
    TOOLS("tools", "tools", "tools", "tools"),
    TOOL_CHOICE("tool_choice", "tool_choice", "tool_choice", "toolConfig"),
    PARALLEL("parallel_tool_calls", "parallel_tool_calls", "tool_choice.disable_parallel_tool_use", "toolConfig"),
    TURNS("messages", "input", "messages", "contents"),
    IMAGE(
            "messages[].content[].image_url",
            "input[].content[].input_image",
            "messages[].content[].image",
            "contents[].parts[].fileData"),
    DOCUMENT(
            "messages[].content[].file",
            "input[].content[].input_file",
            "messages[].content[].document",
            "contents[].parts[].fileData"),
    AUDIO(
            "messages[].content[].input_audio",
            "input[].content[].input_audio",
            "messages[].content",
            "contents[].parts[].inlineData");

    private final String chat;
    private final String responses;
    private final String messages;
    private final String generateContent;

    CallerField(String chat, String responses, String messages, String generateContent) {
        this.chat = chat;
        this.responses = responses;
        this.messages = messages;
        this.generateContent = generateContent;
    }

    /** Its name in the body of a call. */
    public String in(RelayCall call) {
        return switch (call.dialect()) {
            case "responses" -> responses;
            case "messages" -> messages;
            case "generate_content" -> generateContent;
            default -> chat;
        };
    }
}

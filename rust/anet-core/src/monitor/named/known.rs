//! The names that the field uses, each with its direction and its meaning: the one table of them.

use super::Direction::{self, Both, Falls, Nonzero, Recorded, Rises};
use Meaning::{Evaluation, EvaluationLoss, Inference, Policy, Resource, Supervised};

/// What a signal speaks of, as far as a rule must know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Meaning {
    /// Nothing more is known.
    #[default]
    Other,
    /// A loss on data that is not trained on: judged by its rise over its best.
    EvaluationLoss,
    /// How well a model does on such data.
    Evaluation,
    /// A policy that is learned by reinforcement: the loss of such a run is no progress.
    Policy,
    /// What a model that serves gives out, token by token or call by call: there is no loss.
    Inference,
    /// How well a model does on the very targets that it is trained on: beside it an entropy or a divergence is none of a
    /// policy, and the loss of such a run is progress.
    Supervised,
    /// What the machine does: never a failure of the model.
    Resource,
}

impl Meaning {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Other => "other",
            EvaluationLoss => "evaluation_loss",
            Evaluation => "evaluation",
            Policy => "policy",
            Inference => "inference",
            Supervised => "supervised",
            Resource => "resource",
        }
    }
}

/// Names in lower case, with every other sign as `_`.
const KNOWN: &[(&str, Direction, Meaning)] = &[
    ("reward", Falls, Policy), // TRL, loops by hand
    ("rewards", Falls, Policy),
    ("mean_reward", Falls, Policy),
    ("reward_mean", Falls, Policy),
    ("episode_reward", Falls, Policy),
    ("episode_reward_mean", Falls, Policy), // Ray
    ("ep_rew_mean", Falls, Policy),         // Stable-Baselines3, behind rollout/
    ("rewards_mean", Falls, Policy),        // veRL, behind critic/
    ("score_mean", Falls, Policy),
    ("episodic_return", Falls, Policy), // CleanRL, behind charts/
    ("kl", Rises, Policy),              // TRL, behind objective/ or alone
    ("approx_kl", Rises, Policy),       // Stable-Baselines3, CleanRL
    ("kl_loss", Rises, Policy),         // veRL, behind actor/
    ("ppo_kl", Rises, Policy),
    ("reward_kl", Rises, Policy),
    ("mean_kl", Rises, Policy),
    ("entropy", Falls, Policy), // TRL, CleanRL
    ("policy_entropy", Falls, Policy),
    ("entropy_mean", Falls, Policy),
    ("clip_fraction", Rises, Policy), // Stable-Baselines3
    ("clipfrac", Rises, Policy),      // CleanRL
    ("pg_clipfrac", Rises, Policy),   // veRL
    ("clip_ratio", Rises, Policy),    // TRL
    ("completion_length", Both, Policy),
    ("completions_mean_length", Both, Policy), // TRL
    ("response_length_mean", Both, Policy),    // veRL
    // TRL's trainers of policies.
    ("reward_std", Falls, Policy),
    ("frac_reward_zero_std", Rises, Policy),
    ("clip_ratio_region_mean", Rises, Policy),
    ("cispo_clip_ratio", Rises, Policy),
    ("completions_clipped_ratio", Rises, Policy),
    ("sampling_sampling_logp_difference_mean", Rises, Policy),
    ("tools_call_frequency", Both, Policy),
    ("tools_failure_frequency", Rises, Policy),
    // TRL's trainers on texts, preferences and rewards.
    ("mean_token_accuracy", Falls, Supervised),
    ("rewards_margins", Falls, Supervised),
    ("rewards_accuracies", Falls, Supervised),
    ("margin", Falls, Supervised),
    ("aux_loss", Rises, Meaning::Other), // how unevenly experts are used
    ("accuracy", Falls, Meaning::Other),
    ("eval_accuracy", Falls, Evaluation), // Transformers
    ("val_accuracy", Falls, Evaluation),  // Keras
    ("val_acc", Falls, Evaluation),
    ("loss_scale", Falls, Resource), // fairseq, Megatron-LM
    ("step_time", Rises, Resource),
    ("iter_time", Rises, Resource),
    ("tokens_per_s", Falls, Resource),
    ("tokens_per_second", Falls, Resource),
    ("memory", Rises, Resource),
    // Of `attach`.
    ("host_memory", Rises, Resource),
    ("data_time", Rises, Resource),
    ("skip_share", Rises, Resource),
    ("nonfinite_tensors", Nonzero, Meaning::Other),
    ("ranks_out_of_sync", Nonzero, Meaning::Other),
    ("samples_per_s", Falls, Resource),
    ("samples_per_second", Falls, Resource),
    ("gpu_utilization", Falls, Resource),
    // Of `attach(..., activations=True)`, behind the name of a group of layers and a /.
    ("activation_scale", Rises, Meaning::Other),
    ("activation_kurtosis", Recorded, Meaning::Other),
    ("dead_share", Rises, Meaning::Other),
    ("expert_share", Rises, Meaning::Other),
    ("expert_entropy", Recorded, Meaning::Other),
    ("router_entropy", Falls, Meaning::Other),
    ("attention_entropy", Recorded, Meaning::Other),
    // Of `watch_generate`.
    ("token_entropy", Both, Inference),
    ("token_margin", Both, Inference),
    ("surprisal_excess", Rises, Inference),
    ("token_repetition", Rises, Inference),
    ("looping_sequences", Nonzero, Inference),
    ("nonfinite_logits", Nonzero, Inference),
    ("unfinished_share", Rises, Inference),
    ("end_probability", Falls, Inference),
    ("output_tokens", Both, Inference),
    ("first_token_s", Rises, Resource),
    // Of `watch_calls`.
    ("latency_s", Rises, Resource),
    ("error_share", Rises, Inference),
    ("output_size", Both, Inference),
    ("output_mean", Both, Inference),
    ("output_spread", Both, Inference),
    ("nonfinite_outputs", Nonzero, Inference),
];

/// Beginnings of the name of what is measured on other data: `val_loss`, `eval_wiki_loss`, `eval_rewards/margins`.
const EVALUATIONS: [&str; 6] = ["val_", "eval_", "valid_", "validation_", "dev_", "test_"];

/// Direction and meaning of a name in common use; `None` for any other.
///
/// A name counts with or without what stands before a `/` or a ` - `, and in any spelling of letters and signs.
///
/// ```
/// use anet_core::{Direction, Meaning, known_signal};
/// assert_eq!(known_signal("objective/KL"), Some((Direction::Rises, Meaning::Policy)));
/// assert_eq!(known_signal("critic/rewards/mean"), Some((Direction::Falls, Meaning::Policy)));
/// assert_eq!(known_signal("my-run - eval/loss"), Some((Direction::Rises, Meaning::EvaluationLoss)));
/// assert_eq!(known_signal("rewards/format/mean"), Some((Direction::Falls, Meaning::Policy)));
/// assert_eq!(known_signal("eval_rewards/margins"), Some((Direction::Falls, Meaning::Evaluation)));
/// assert_eq!(known_signal("router_load"), None);
/// ```
pub fn known(name: &str) -> Option<(Direction, Meaning)> {
    if !can_be_told(name) {
        return None;
    }
    let (name, whole) = (name.trim(), snake(name));
    let behind = |sign: &'static str| name.match_indices(sign).map(|(at, sign)| at + sign.len());
    [0].into_iter().chain(behind(" - ")).chain(behind("/")).find_map(|at| row(&whole[at..]))
}

/// Whether the last column of a record, which puts `;` between names, can tell this one.
pub(super) fn can_be_told(name: &str) -> bool {
    !name.contains([';', '\r', '\n'])
}

fn row(name: &str) -> Option<(Direction, Meaning)> {
    if is_evaluation_loss(name) {
        return Some((Rises, EvaluationLoss));
    }
    if is_one_of_several_rewards(name) {
        return Some((Falls, Policy));
    }
    let find = |name| KNOWN.iter().find(|known| known.0 == name).map(|known| (known.1, known.2));
    let of_evaluation = || {
        let evaluated = EVALUATIONS.iter().find_map(|start| name.strip_prefix(start)).and_then(find)?;
        (evaluated.1 != Resource).then_some((evaluated.0, Evaluation))
    };
    find(name).or_else(of_evaluation)
}

/// TRL: `rewards/format_reward/mean`, one for each function.
fn is_one_of_several_rewards(name: &str) -> bool {
    name.strip_prefix("rewards_").and_then(|rest| rest.strip_suffix("_mean")).is_some()
}

fn is_evaluation_loss(name: &str) -> bool {
    name.ends_with("loss") && EVALUATIONS.iter().any(|start| name.starts_with(start))
}

fn snake(name: &str) -> String {
    name.trim()
        .chars()
        .map(|sign| if sign.is_ascii_alphanumeric() { sign.to_ascii_lowercase() } else { '_' })
        .collect()
}

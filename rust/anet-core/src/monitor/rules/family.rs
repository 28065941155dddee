//! The families of rules, one row each: how an alarm of the family is treated.

/// How severe an alarm is by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Severity {
    /// The run is failing only if a second family fires, or the incident lasts, and its effect is large.
    Warning,
    /// One alarm is enough to call the run failing, if its effect is large.
    Severe,
    /// One alarm is enough.
    Certain,
}

/// When a ratio of score to threshold fires.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fires {
    /// Above 1.
    Above,
    /// From 1 on: the rule counts whole things.
    AtCount,
}

/// What the first 64 rows of a segment mean to the family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FirstRows {
    /// It cannot fire in them.
    WarmUp,
    /// It needs no baseline of the run and fires in them too.
    Count,
}

/// What an incident that has calmed down means for the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Repetition {
    /// The family must be stronger to fire again, where the monitor escalates.
    Escalates,
    /// A rule that cannot be a matter of degree fires as before.
    FiresAgain,
}

struct FamilyEntry {
    name: &'static str,
    severity: Severity,
    fires: Fires,
    first_rows: FirstRows,
    repetition: Repetition,
}

macro_rules! families {
    ($($family:ident: $name:literal, $severity:ident, $fires:ident, $first_rows:ident, $repetition:ident;)*) => {
        /// A family of rules: what an alarm is filed under.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Family {
            $(#[doc = concat!("`", $name, "`.")] $family,)*
        }

        impl Family {
            /// How many families there are.
            pub const COUNT: usize = [$(Self::$family),*].len();

            const TABLE: [FamilyEntry; Self::COUNT] = [$(FamilyEntry {
                name: $name,
                severity: Severity::$severity,
                fires: Fires::$fires,
                first_rows: FirstRows::$first_rows,
                repetition: Repetition::$repetition,
            }),*];
        }
    };
}

families! {
    // family      name             severity fires    first rows repetition
    Drift:        "drift",         Warning, Above,   WarmUp,    Escalates;
    Level:        "level",         Warning, Above,   WarmUp,    Escalates;
    Jump:         "jump",          Warning, Above,   WarmUp,    Escalates;
    Vanishing:    "vanishing",     Severe,  Above,   WarmUp,    Escalates;
    UpdateSize:   "update_size",   Warning, Above,   WarmUp,    Escalates;
    NoiseShare:   "noise_share",   Warning, Above,   WarmUp,    Escalates;
    Drawdown:     "drawdown",      Severe,  Above,   WarmUp,    Escalates;
    LearningRate: "learning_rate", Severe,  Above,   WarmUp,    FiresAgain;
    Frozen:       "frozen",        Certain, AtCount, WarmUp,    FiresAgain;
    Nonfinite:    "nonfinite",     Certain, AtCount, Count,     FiresAgain;
    Reference:    "reference",     Warning, Above,   Count,     Escalates;
    Explosion:    "explosion",     Severe,  AtCount, Count,     FiresAgain;
    LostProgress: "lost_progress", Certain, AtCount, Count,     FiresAgain;
    Early:        "early",         Warning, AtCount, Count,     FiresAgain;
    Collapse:     "collapse",      Warning, AtCount, Count,     FiresAgain;
    Resume:       "resume",        Certain, AtCount, Count,     FiresAgain;
    Again:        "again",         Severe,  AtCount, Count,     FiresAgain;
    Dead:         "dead",          Certain, AtCount, Count,     FiresAgain;
    NamedSignal:  "named_signal",  Warning, Above,   Count,     FiresAgain;
    Overfitting:  "overfitting",   Warning, Above,   Count,     FiresAgain;
}

impl Family {
    const fn row(self) -> &'static FamilyEntry {
        &Self::TABLE[self as usize]
    }

    /// The name of the family.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    pub(crate) fn severity(self) -> Severity {
        self.row().severity
    }

    pub(crate) fn fires(self) -> Fires {
        self.row().fires
    }

    pub(crate) fn first_rows(self) -> FirstRows {
        self.row().first_rows
    }

    pub(crate) fn repetition(self) -> Repetition {
        self.row().repetition
    }
}

//! The signs of an objective in English: `aims to`, `in order to`, `will allow`, and bare `to` where it tells a purpose.

use super::{Judge, Range, Sign, THIRD};
use crate::suggest::rules::{EFFECT, INTENT, PURPOSE, STATED};
use crate::suggest::tokens::{Gap, ends_in, has};

impl Judge<'_, '_> {
    pub(super) fn english_sign(&self, (first, last): Range) -> Option<Sign> {
        (first..last).find_map(|i| {
            self.english_at(i, first, last)
                .filter(|sign| !self.is_financial((first, last), *sign) && !self.is_negated((first, last), sign.1.0))
        })
    }

    pub(super) fn english_at(&self, i: usize, first: usize, last: usize) -> Option<Sign> {
        let t = self.t;
        let to = |k: usize| t.is(k, "to") && self.is_base_verb(k + 1);
        match () {
            () if t.is(i, "aims aim aiming seeks seek seeking strives")
                && (to(i + 1) && !t.is(i.wrapping_sub(1), "the an our its their")) =>
            {
                Some((STATED, (i, i + 2)))
            }
            () if t.is(i, "aims aimed") && (t.is(i + 1, "at")) => Some((STATED, (i, i + 2))),
            () if t.is(i, "aim goal objective purpose ambition idea goals objectives") => {
                let verb = (i + 1..(i + 12).min(last)).find(|&k| t.is(k, "is are will") && t.is_word(k));
                let told =
                    verb.is_some_and(|v| (v + 1..v + 4).any(|k| to(k) || t.is(k, "that")) || t.mark(v + 1) == ':');
                let with = t.is(i + 1, "of") && t.is(i.wrapping_sub(1), "the") && t.is(i.wrapping_sub(2), "with");
                let colon = t.mark(i + 1) == ':' && i <= first + 2;
                let possessed = t.is(i.wrapping_sub(1), "its our their whose") && !t.is(i, "idea");
                ((told && !(possessed && t.is(i, "purpose"))) || with || colon).then_some((STATED, (i, i + 2)))
            }
            () if t.is(i, "designed intended meant developed created built") && (to(i + 1)) => {
                let passive = t.is(i, "designed intended")
                    || t.is(i.wrapping_sub(1), "is are been being")
                    || !t.is(i, "developed created built");
                passive.then_some((STATED, (i, i + 2)))
            }
            () if t.is(i, "tasked charged") && t.is(i + 1, "with") => Some((STATED, (i, i + 2))),
            () if t.is(i, "so") && t.is(i + 1, "no nobody every everyone") => Some((PURPOSE, (i, i + 2))),
            () if t.is(i, "should would could") && t.is(i + 1, "allow enable help let") => Some((EFFECT, (i, i + 2))),
            () if t.is(i, "want wants")
                && t.is(i + 1, "this the our")
                && (i + 2..i + 7).any(to)
                && !t.any(first, i, THIRD) =>
            {
                Some((INTENT, (i, i + 1)))
            }
            () if t.is(i, "order") && (t.is(i.wrapping_sub(1), "in") && (to(i + 1) || t.is(i + 1, "that"))) => {
                Some((PURPOSE, (i - 1, i + 2)))
            }
            () if t.is(i, "view")
                && t.is(i.wrapping_sub(1), "a")
                && t.is(i.wrapping_sub(2), "with")
                && t.is(i + 1, "to") =>
            {
                Some((PURPOSE, (i - 2, i + 2)))
            }
            () if t.is(i, "effort bid hope hopes attempt")
                && t.is(i.wrapping_sub(1), "an a the")
                && t.is(i.wrapping_sub(2), "in")
                && t.is(i + 1, "to of") =>
            {
                Some((PURPOSE, (i - 2, i + 2)))
            }
            () if t.is(i, "so") && (t.is(i + 1, "as") && to(i + 2)) => Some((PURPOSE, (i, i + 3))),
            () if t.is(i, "so") && (t.is(i + 1, "that")) => Some((PURPOSE, (i, i + 2))),
            () if t.is(i, "will")
                && (t.is(i + 1, "allow enable help let support make give empower equip")
                    || t.is(i + 1, "also") && t.is(i + 2, "allow enable help let")) =>
            {
                let thing = !t.is(i.wrapping_sub(1), "we i you");
                let verb = i + 1 + usize::from(t.is(i + 1, "also"));
                let told = t.is(verb, "allow enable help let empower equip") || (verb..(verb + 12).min(last)).any(to);
                (thing && told && t.is(verb, "allow enable help let empower equip")).then_some((EFFECT, (i, verb + 1)))
            }
            () if t.is(i, "hopes wants intends hope want intend") => {
                let aimed =
                    self.is_announced_before(first, i) || self.is_aimed_verb(i + 2) && t.any(first, i, "this new");
                if to(i + 1) && !t.any(first, i, THIRD) && aimed {
                    return Some((INTENT, (i, i + 2)));
                }
                let help = t.is(i, "hopes hope")
                    && (i + 1..(i + 8).min(last))
                        .any(|k| t.is(k, "will") && t.is(k + 1, "help allow enable cut reduce improve"));
                (help && !t.any(first, i, THIRD)).then_some((INTENT, (i, i + 1)))
            }
            () if t.is(i, "to")
                && ((self.is_aimed_verb(i + 1) || t.is(i.wrapping_sub(1), "used") && self.is_base_verb(i + 1))
                    && self.is_purpose_to(i, first, last)) =>
            {
                Some((PURPOSE, (i, i + 2)))
            }
            () => None,
        }
    }

    pub(super) fn is_announced_before(&self, first: usize, i: usize) -> bool {
        self.t.any(first, i, "project scheme programme partnership initiative platform plan pilot trial")
    }

    pub(super) fn is_base_verb(&self, i: usize) -> bool {
        let t = self.t;
        let word = t.word(i);
        !word.is_empty() && (!ends_in(word, "ing ed") || t.is(i, "bring sing ring need feed speed embed exceed succeed proceed shed"))
            && !t.is(i, "the a an its their our his her this that these those all each every be it them us him her be date market work school schools \
                people more which whom what where editors customers patients up over about around least most one two three four five six seven eight nine ten \
                students women men children and or north south east west home life me you in on")
            && (!t.capital(i) || t.capital(i - 1) || t.is_word(i - 1) && self.in_title(i))
    }

    /// Whether a verb is one that tells what a measure is for; bare `to` needs one.
    pub(super) fn is_aimed_verb(&self, i: usize) -> bool {
        const AIMED: &str = "accelerate accommodate achieve adapt address advance aid allow alleviate amplify assess assist attract avoid balance benefit boost \
            bring broaden build catch celebrate change clean combat combine commercialise commercialize complete connect conserve control convert cool coordinate \
            create curb cut decarbonise decarbonize deepen deliver demonstrate deploy design detect develop diversify double drive ease educate electrify eliminate \
            empower enable encourage end engage enhance enlarge enrich ensure equip establish evaluate examine expand explore extend facilitate feed fight fill \
            finance find fix foster free fund generate give grow guarantee guide halve harness heat help house identify implement improve incorporate increase inform \
            inspire install integrate introduce keep launch lead limit link locate lower maintain make manage map manufacture match maximise maximize measure meet \
            minimise minimize mitigate modernise modernize monitor move nurture offer optimise optimize overcome pass perform pilot power prepare preserve prevent \
            produce promote protect prove provide raise recover recruit recycle reduce refine regenerate rehabilitate reinforce relieve remove renew renovate repair \
            replace rescue research resolve restore reuse revive revitalise revitalize reward safeguard save scale secure serve share shape shelter shield shorten \
            show simplify simulate slow smooth solve speed stabilise stabilize stop store streamline strengthen study supply support sustain tackle teach test \
            track train transfer transform transmit transport treat tune understand unite unlock upgrade use validate verify warn welcome widen work";
        has(AIMED, self.t.word(i)) || self.t.is(i, "better more also quickly safely") && has(AIMED, self.t.word(i + 1))
    }

    /// Whether a token stands in a title that capitalises every word.
    pub(super) fn in_title(&self, i: usize) -> bool {
        let t = self.t;
        t.capital(i.wrapping_sub(2)) && t.capital(i) && t.follows(i)
    }

    /// Whether `to` and a verb tell a purpose: not what a verb or noun before them needs to be whole.
    pub(super) fn is_purpose_to(&self, i: usize, first: usize, last: usize) -> bool {
        let t = self.t;
        let before = i.wrapping_sub(1);
        const NEEDS: &str = "plans plan planned planning expects expect expected continues continue continued pleased proud delighted excited happy able unable \
            agreed agrees agree is are was were has have had committed commits commit decided decides decision ability opportunity right chance failed \
            need needs needed going set due likely ready willing want wants wanted hopes hope hoped like likes love began begins begin start starts started \
            ordered asked asks told invited invites urged allow allowed enable enabled helps help helped promised promises vowed pledged pledges refuses refused try tries tried \
            trying managed manages aimed aims aim seeks seek intends intend intended designed meant chosen selected appointed elected required forced how where when whether \
            what supposed scheduled slated subject thanks prior according addition response next close access first last way effort attempt reason commitment plan \
            proposal bid permission authority obligation thrilled honored honoured enough too as or about not used entitled opposed contributed led contributes easy hard difficult \
            possible impossible important essential encouraged encourage prepared determined eligible free from only bound looking relates relating up down yet reduction approach \
            expects pay fails sure obliged something anything nothing time money said more it expansion promise desire wish nobody";
        if i == first {
            // To reduce waste, X will …; not: To listen, register.
            let comma = (i + 1..last).find(|&k| t.mark(k) == ',');
            return comma.is_some_and(|c| {
                !self.is_call((c, last))
                    && !t.is(i + 1, "listen register learn book attend apply find give donate mark celebrate date")
            });
        }
        let put_to_use = t.is(before, "used") && t.is(before.wrapping_sub(1), "be being is are");
        if t.is(before, NEEDS) && !put_to_use || t.is_mark(before) && t.mark(before) != ',' {
            return false;
        }
        // Selected X to build, asked X to lead: the verb needs its infinitive.
        let controlled = (1..9).map(|k| i.wrapping_sub(k)).take_while(|&k| k >= first && k < t.len() && !matches!(t.mark(k), ',' | ';'))
            .any(|k| t.is(k, "selected chosen appointed asked asks allow allows allowed enable enables enabled help helps helped encourage encourages encouraged \
                invite invites urged urges require requires want wants expect expects expected contracted commissioned named picked tapped"));
        if controlled {
            return false;
        }
        // From X to Y; 2 to 5; to reopen: a headline's future.
        let title = t.gap(first) >= Gap::Line && !(first..last).any(|k| t.mark(k) == '.');
        let headline_future = title && (first..i).all(|k| !t.is_word(k) || !self.is_finite(k));
        let range = t.is_number(before) && t.is_number(i + 1);
        let acting = (first..i).any(|k| self.is_finite(k)) || title && !headline_future;
        let announce =
            t.is(i + 1, "announce report open reopen close launch acquire buy become be have remove reach date number");
        // A purpose stands behind an object or a place, in the sentence of the project.
        acting && !range && !announce && !headline_future && self.is_doing(first, i)
    }

    /// Whether the main verb before `to` is one of making, joining, investing, launching, using.
    pub(super) fn is_doing(&self, first: usize, i: usize) -> bool {
        const DOING: &str = "sign launch partner join invest open build create develop use introduce deploy select enter team work collaborate combine unite set install \
            fund provide offer bring form establish expand roll run train recruit hire upgrade carry cost equip convert transform redesign adopt extend award choose \
            acquire plant cover switch pay collect gather record replace merge pool commission order purchase allocate pledge grant devote dedicate assign organise organize stage deliver release supply mount acquire add publish place raise unveil host test visit donate double offer teach lend share";
        const IRREGULAR: &str = "built brought chose chosen took set ran forces hands teams joins enters partners raised rolls been being spent laid taught gave lent";
        (first..i).any(|k| {
            let word = self.t.word(k);
            has(IRREGULAR, word)
                || DOING.split(' ').filter(|stem| !stem.is_empty()).any(|stem| {
                    word.strip_prefix(stem.strip_suffix('e').unwrap_or(stem))
                        .is_some_and(|rest| matches!(rest, "" | "e" | "s" | "es" | "ed" | "d" | "ing" | "ned" | "ning"))
                })
        })
    }

    pub(super) fn is_finite(&self, k: usize) -> bool {
        let t = self.t;
        t.is(k, "will is are was were has have had can would should may join joins sign signs launch launches partner partners open opens enter unveil unveils team \
            teams invest invests set sets selects raises cost use announce announces introduce introduces") || t.word(k).len() > 4 && ends_in(t.word(k), "ed es")
    }
}

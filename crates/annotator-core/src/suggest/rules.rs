//! The rules by id, each with what it catches and what it must not: three and two examples in marked
//! text (`en:` before an English one), all of them executed by `every_rule_keeps_its_examples`.
//! Leaves out how they read (see `rules/*.rules`, in the notation that `build.rs` explains) and what each says to a
//! person (`rules/reasons.txt`: the id, a phrase in French and in English, `{}` for the words that show it).

/// A day with its month, with or without weekday, year, clock time or time of day.
///
/// A clock time belongs to the day beside it, on either side, with its time zone. Without a year the
/// weekday decides, else a year said in the sentence or shortly before, else the tense of the verb.
/// Christmas is a day where a year, a preposition or `Day` says so. No date at all is what a title says: a few words
/// between marks that nobody has spoken, with a capital or a number first.
///
/// - Catches `Fait le [dates=2011-06-27:lundi 27 juin 2011].`
/// - Catches `Rendez-vous [dates="2024-04-09T18:30":mardi 9 avril 2024 à 18 h 30].`
/// - Catches `en:Signed on [dates=2011-06-27:June 27th, 2011] in Paris.`
/// - Not `Il habite 3, rue du 8-Mai-1945.`
/// - Not `Il n’y a pas de 31 février 2024.`
pub(super) const DAY: &str = "date-day";

/// A date in figures. Day before month, except in an English text that writes `June 27`.
///
/// Without a year only with two digits each, behind `le`, `au`, `on` and the like or at the start of
/// a line. Two digits of a year below 70 are of this century.
///
/// - Catches `Publié le [dates=2011-06-27:27/06/2011].`
/// - Catches `Fait à Genève, le [dates=2011-06-27:27.06.11].`
/// - Catches `en:Dated [dates=2011-06-27:2011-06-27].`
/// - Not `La version 4.12.10 corrige la faille.`
/// - Not `Les 3/4 des élus ont voté, soit 12/16.`
pub(super) const NUMERIC: &str = "date-numeric";

/// A month, with or without its year or `mois de`; `mi-`, `fin`, `courant`, `early` belong to it.
///
/// - Catches `Elle ouvrira [dates=2025-03:mi-mars 2025].`
/// - Catches `La fête du [dates=2024-06:mois de juin 2024] a plu.`
/// - Catches `en:It opened in [dates=2016-05:May 2016].`
/// - Not `La planète Mars brille ce soir.`
/// - Not `en:We may march on.`
pub(super) const MONTH: &str = "date-month";

/// A year where a year can stand: behind a preposition of time, a noun that has years, in brackets,
/// in a list of years; never behind a name or a programme, never before what is counted.
///
/// `Année`, `exercice`, `saison`, `rentrée`, `fiscal year` before it belong to the span; `horizon` does not.
///
/// - Catches `Fondée en [dates=1998:1998], elle grandit.`
/// - Catches `Le budget [dates=2024:2024] est voté.`
/// - Catches `en:By the [dates=2025:end of 2025] it will open.`
/// - Not `Le plan Europe 2020 emploie 2012 salariés.`
/// - Not `en:ISO 9001:2015 and Office 2019 apply.`
pub(super) const YEAR: &str = "date-year";

/// A quarter, half-year, season, decade, century, or the week of a day.
///
/// `Of last year` and `de l’an dernier` belong to it; the last spring is the one that ended on a 21 June.
/// `T3` without a year is none where the text speaks of tramways or flats. A winter of two years
/// counts by the first.
///
/// - Catches `Au [dates=2024-Q3:troisième trimestre 2024], puis à l’[dates=2016-SU:été 2016].`
/// - Catches `Les verres des [dates=198:années 80] et du [dates=18:XIXe siècle].`
/// - Catches `en:In [dates=2015-H1:H1 2015] and the [dates=198:late 1980s].`
/// - Not `La ligne T3 du tramway a été prolongée.`
/// - Not `en:Half of them fall.`
pub(super) const PERIOD: &str = "date-period";

/// Two linked dates, one span with an interval; each end takes from the other what it leaves out.
///
/// `et` and `and` link only behind `entre` and `between`, or for two days or months that follow each other.
///
/// - Catches `Du [dates=2016-05-03/2016-05-05:3 au 5 mai 2016], à Lyon.`
/// - Catches `Entre [dates=2010/2012:2010 et 2012], rien.`
/// - Catches `en:From [dates=2016-05-03/2016-05-05:May 3 to 5, 2016].`
/// - Not `En [dates=2010:2010] et [dates=2012:2012], rien.`
/// - Not `Le [dates=2016-05-03:3 mai 2016] à Lyon.`
pub(super) const RANGE: &str = "date-range";

/// What counts from the release's date (`hier`, `mois prochain`, `il y a trois ans`) or from the date
/// mentioned before (`trois ans plus tard`, `le lendemain`).
///
/// The release's date is its dateline, else its first full date unless the host's lies more than a
/// month away, else the host's. The value has the fineness of the unit: `dans trois mois` is a month.
/// `Ce`, `cette`, `this` belong to the span where the rest would be no date.
///
/// - Catches `Lyon, le [dates=2024-03-12:12 mars 2024]. [dates=2024-03-11:Hier], tout allait.`
/// - Catches `Lyon, le [dates=2024-03-12:12 mars 2024]. Il y a [dates=2021:trois ans], tout allait.`
/// - Catches `en:London, [dates=2024-03-12:12 March 2024]. [dates=2024-W10:Last week], all was well.`
/// - Not `La ville de demain se construit à ce jour.`
/// - Not `Ouvert du lundi au vendredi, fermé le mardi.`
pub(super) const RELATIVE: &str = "date-relative";

/// A number and a unit of time. Half a unit is written in the next smaller one: `P1Y6M`.
///
/// Vague lengths (`plusieurs années`), rates and recurrences are left alone. `First 12 months` and `cinq premières années`
/// are whole; the article of `une dizaine de jours` is none of its words. `Après 21 heures` is a time of the clock,
/// and `1,984 hours of drama` an amount.
///
/// - Catches `Une durée de [dates=P3Y:trois ans] et [dates=PT48H:48 heures].`
/// - Catches `Depuis une [dates=P10D:dizaine de jours].`
/// - Catches `en:A [dates=P5Y:five-year] lease over [dates=P18M:eighteen months].`
/// - Not `Tous les deux ans, les enfants de 6 à 12 ans viennent à 14 heures.`
/// - Not `en:She is 45 years old and open 24 hours a day, every two years.`
pub(super) const DURATION: &str = "date-duration";

/// Marks followed by a clause that says who speaks. One and two words only as a full utterance.
///
/// The speaker is the name without title, else the pronoun, else the noun phrase without article; two who speak together
/// are one speaker (`Ada Roy et Max Denis`). Right behind the marks any verb reports that has a name or a pronoun behind it,
/// and in English behind a comma inside the marks any verb that follows a name.
///
/// - Catches `[quote speaker="Ada Roy":« Nous avançons »], a déclaré la Dr Ada Roy.`
/// - Catches `[quote speaker=elle:« Bravo ! »] lance-t-elle.`
/// - Catches `en:[quote speaker="Ada Roy":“We move,”] said Ada Roy.`
/// - Not `« Chaleur pour tous » est le nom retenu.`
/// - Not `« Bienvenue », dit l’enseigne.`
pub(super) const AFTER: &str = "quote-verb-after";

/// Marks behind a clause that says who speaks, with or without a colon. A fragment has three words
/// at least and begins in lower case, or stands behind `que`: names and titles begin with a capital.
/// An article of a law does not speak, whoever recalls it.
///
/// - Catches `Ada Roy estime que [quote speaker="Ada Roy":« le pari est gagné »].`
/// - Catches `Ada Roy, directrice, précise : [quote speaker="Ada Roy":« Rien n’est joué. »]`
/// - Catches `en:Ada Roy added: [quote speaker="Ada Roy":“It works.”]`
/// - Not `Ada Roy a annoncé le programme « Une ville pour tous ».`
/// - Not `Elle a qualifié le projet de « vital ».`
pub(super) const BEFORE: &str = "quote-verb-before";

/// A reporting clause between the marks, which is part of the quotation, or in a line of dialogue
/// behind a dash, where a clause at the end is not. A single such line behind a colon belongs to who was introduced.
///
/// - Catches `[quote speaker=il:« Nous avançons, dit-il, et vite. »]`
/// - Catches `[quote speaker="Ada Roy":« Un pari, explique Ada Roy, est un risque. »]`
/// - Catches `[quote speaker="Ada Roy":— Nous avançons], dit Ada Roy.`
/// - Not `« Pomme, poire, prune » est leur dernier album.`
/// - Not `– 12 000 logements, dit le tableau`
pub(super) const INSIDE: &str = "quote-verb-inside";

/// A name, or a sentence whose subject can speak, and a colon before the marks.
///
/// - Catches `Ada Roy, directrice : [quote speaker="Ada Roy":« Rien n’est joué. »]`
/// - Catches `Ada Roy (Solvane) : [quote speaker="Ada Roy":« Rien n’est joué. »]`
/// - Catches `en:Council leader Ada Roy: [quote speaker="Ada Roy":“Nothing is settled.”]`
/// - Not `Notre devise : « Servir d’abord. »`
/// - Not `Le mot d’ordre de la journée : « Tous dehors avec nous »`
pub(super) const COLON: &str = "quote-name-colon";

/// `Selon`, `d'après`, `pour`, `according to`, before or behind the marks; there is no verb.
///
/// - Catches `Selon Ada Roy, [quote speaker="Ada Roy":« le marché repart plus vite »].`
/// - Catches `[quote speaker="Ada Roy":« Rien n’est joué »], selon Ada Roy.`
/// - Catches `en:According to Ada Roy, the site is [quote speaker="Ada Roy":“safe and well run”].`
/// - Not `Il boit « au doigt et à l’œil », selon la formule.`
/// - Not `Pour réserver, cliquez sur « Je veux ma place ».`
pub(super) const SOURCE: &str = "quote-according-to";

/// A block in marks with a name and mostly a role in the same line, the next or the one before.
///
/// - Catches `[quote speaker="Ada Roy":« Rien n’est joué. »]¶Ada Roy, directrice`
/// - Catches `[quote speaker="Ada Roy":« Rien n’est joué. »]¶— Ada Roy`
/// - Catches `en:[quote speaker="Ada Roy":“Nothing is settled.”]¶Ada Roy, director`
/// - Not `« Les Oubliés du phare »¶Ada Roy a reçu le prix.`
/// - Not `« Tous dehors avec nous »¶Rendez-vous le 3 mai à Lyon.`
pub(super) const SIGNED: &str = "quote-signed";

/// Marks in the first person right behind a sentence about a named person.
///
/// - Catches `Ada Roy est confiante. [quote speaker="Ada Roy":« Nous avons une bonne équipe. »]`
/// - Catches `La maire, Ada Roy, a visité le site. [quote speaker="Ada Roy":« Je suis impressionnée. »]`
/// - Catches `en:Ada Roy is confident. [quote speaker="Ada Roy":“We have a good team.”]`
/// - Not `Ada Roy est confiante. « Les Oubliés du phare » paraîtra en mai.`
/// - Not `L’usine est fermée. « Nous revenons bientôt. »`
pub(super) const INTRODUCED: &str = "quote-introduced";

/// The next part of a quotation: behind the reporting clause in the same paragraph, or a whole
/// paragraph in marks right behind. It takes speaker, role and verb from the first part.
///
/// - Catches `[quote:« Oui »], dit Ada Roy. [quote speaker="Ada Roy":« Et vite. »]`
/// - Catches `[quote:« Je n’ai pas voulu d’une boîte »], dit-il, [quote speaker=il:« mais d’un four. »]`
/// - Catches `en:[quote:“Yes,”] said Ada Roy. [quote speaker="Ada Roy":“And soon.”]`
/// - Not `[quote:« Oui »], dit Ada Roy. Le site est vaste. « Défense d’entrer » y est écrit.`
/// - Not `[quote:« Oui »], dit Ada Roy. Elle lit « Les Misérables ».`
pub(super) const CONTINUED: &str = "quote-continued";

/// An aim said to be one: `vise à`, `a pour objectif`, `destiné à`, `Objectif :`, `aims to`.
///
/// An organisation's own mission is none: `mission`, an organisation as subject of `a pour`, a name that
/// the release introduces itself, or what it was founded for.
///
/// - Catches `[objective:Ce projet vise à réduire l’attente.]`
/// - Catches `[objective:L’objectif est de former 300 jeunes.]`
/// - Catches `en:[objective:The partnership aims to cut waiting times.]`
/// - Not `Le groupe a pour mission de nourrir les hommes.`
/// - Not `Ce projet n’a pas pour objectif de remplacer les enseignants.`
pub(super) const STATED: &str = "objective-stated";

/// A purpose clause: `afin de`, `pour` with an infinitive, `dans le but de`, `in order to`, or bare
/// `to` with a verb of improving, behind a verb of doing.
///
/// Not in a call to act (an order by itself or behind the clause, `peuvent appeler`), what people fight or wait for, what others demand, a story in the past, a reason (`pour avoir`), a degree (`trop … pour`) or a figure reached.
///
/// - Catches `[objective:Ils s’associent afin de développer un vaccin.]`
/// - Catches `[objective:Une navette circulera pour limiter le bruit.]`
/// - Catches `en:[objective:They have signed a deal to develop a vaccine.]`
/// - Not `Pour en savoir plus, consultez notre site.`
/// - Not `Le trafic a crû de 4 % pour atteindre 3 millions de voyageurs.`
pub(super) const PURPOSE: &str = "objective-purpose";

/// An intention of who announces: `entend`, `souhaite`, `veut`, `ambitionne` with an infinitive.
///
/// `Tend à` only of what is announced. Not of third parties, and not a wish for money or rank (`être l’acteur de référence`).
///
/// - Catches `[objective:La Ville entend ainsi rendre le centre aux piétons.]`
/// - Catches `[objective:Les partenaires souhaitent créer une filière.]`
/// - Catches `en:[objective:The project hopes to cut waste.]`
/// - Not `Les syndicats veulent obtenir une hausse.`
/// - Not `Le groupe veut doubler son chiffre d’affaires.`
pub(super) const INTENT: &str = "objective-intent";

/// An effect announced as the use of a measure: `permettra de`, `doit permettre`, `servira à`, `will allow`.
///
/// Behind `au-delà de` it is what comes besides the aim.
///
/// - Catches `[objective:Le nouveau quai doit permettre d’accueillir des navires.]`
/// - Catches `[objective:La collecte servira à financer dix bourses.]`
/// - Catches `en:[objective:The app will enable patients to book online.]`
/// - Not `Au-delà de son intérêt, ce partenariat permettra de partager des idées.`
/// - Not `Le partenariat durera trois ans.`
pub(super) const EFFECT: &str = "objective-effect";

/**
 * What a field of an item must not be mistaken for, as data in the shape of find/field-words.ts. These classes ("~") are
 * as real as the fields: they win their own words, and a longer phrase takes its words from a shorter one.
 */
import type { FieldClass } from "../find/field-words.ts";

export const DECOY_WORDS = {
  "~metaTitle":
    "seo,meta title,seo title,page title,title tag,search engine title,browser title,title search engine,social title,og title",
  "~metaDescription":
    "meta description,seo description,search engine description,search description,og description,social description,meta keyword,seo keyword,focus keyword,focus keyphrase,meta tag",
  "~dimension":
    "dimension,package dimension,parcel dimension,item dimension,product dimension,shipping dimension,measurement package",
  "~short":
    "short description,subtitle,summary,tagline,tag line,excerpt,condition description,condition note,condition detail,describe condition,item condition description,defect,flaw,describe flaw,description flaw,product short description,caption,alt text,image alt text,photo caption,image description,highlight,key feature,feature,bullet point,care instruction,ingredient,specification",
  "~slug":
    "url handle,handle,slug,permalink,url,website,link,web address,video url,external url,product url,external link,image url,video link",
  "~search":
    "search,find,search anything,search site,search product,search item,search category,filter,search listing,search order",
  "~code":
    "coupon,coupon code,promo,promo code,discount code,voucher,voucher code,gift card,gift card code,referral code,invite code,promotion code,access code",
  "~compare":
    "compare at price,compare price,original price,retail price,msrp,rrp,was price,old price,strikethrough price,list price,recommended retail price,sale price,discount price,discounted price,special price,price before discount,previous price,market price,estimated value,estimated retail value,original retail price,new price,reference price,promotional price,compare at,wholesale price",
  "~money":
    "shipping price,shipping cost,shipping fee,shipping rate,postage cost,postage price,delivery fee,delivery cost,delivery price,handling fee,handling cost,tax,tax rate,vat,tax code,tax class,discount,discount amount,deposit,deposit amount,starting bid,start price,starting price,start bid,opening bid,bid,bid increment,fee,commission,profit,margin,earning,you earn,payout,price type,currency,price currency,pricing format,insurance,insured value,declared value,customs value,additional item cost,each additional item,tip,donation,price drop,price unit,unit price measure,maximum price,max price,price range,price from,price to,budget,offer price,offer amount,counter offer,rent,hourly rate,late fee,surcharge,cost shipping,shipping surcharge,insurance cost,insurance amount,return shipping cost,restocking fee,tax amount,price adjustment",
  "~limit":
    "minimum quantity,maximum quantity,min quantity,max quantity,low stock,low stock threshold,low stock alert,reorder point,reorder quantity,reorder level,max per order,order limit,limit per customer,minimum order,minimum order quantity,maximum order,quantity discount,quantity per pack,pack size,unit per pack,per customer,minimum purchase,safety stock,incoming,committed,unavailable,pack quantity,lot size,number in lot,quantity type,stock status,backorder,bulk quantity,inventory policy,stock location,inventory location",
  "~barcode":
    "barcode,upc,ean,gtin,isbn,mpn,asin,upc code,barcode number,ean code,manufacturer part number,part number,serial number,imei,model,model number,model name,hs code,hs tariff code,tariff code,harmonized system code,edition,batch number,lot number,tracking number,order number,invoice number,vin,version",
  "~person":
    "email,e mail,email address,phone,phone number,mobile,telephone,mobile number,contact number,first name,last name,full name,your name,user name,username,display name,nickname,contact name,contact,seller name,buyer name,recipient,store name,shop name,company,company name,business name,legal name,surname,middle name,account name,profile name,bio,about me,about you,about seller,about shop,newsletter,subscribe,birthday,date birth,age,gender,login,password,pin,security code,author,artist,name on card,contact email,contact phone,whatsapp,reply to,your email,your phone,website url,instagram,alias,host name,supplier,supplier name,distributor",
  "~address":
    "address,city area,street,street address,address line,address line 1,address line 2,apartment,apt,suite,country,country origin,country of origin,country region,origin,region,state,province,state province,county,house number,billing address,cross street,latitude,longitude,ship to,deliver to,made in,country of manufacture,warehouse,warehouse location,shelf,bin,shelf location,bin location,storage location,storage bin,aisle,map,where shipping to,destination,billing zip,billing postal code,billing city,return address",
  "~package":
    "package size,parcel size,package type,=package,box size,packaging,shipping label,shipping carrier,carrier,shipping service,handling time,processing time,dispatch time,lead time,delivery time,delivery date,shipping class,shipping profile,shipping policy,return policy,return,payment policy,payment method,policy,shipping zone,ship to country,shipping note,delivery note,delivery instruction,shipping instruction,shipping template,mailing class,girth,shipping tier,dispatch day,irregular package,international shipping,shipping speed,handling day,shipping origin,ships to,package preset",
  "~measure":
    "chest,chest width,waist,hip,inseam,sleeve,sleeve length,shoulder,shoulder width,bust,rise,heel,heel height,inseam length,leg opening,measurement,bra size,cup size,strap,strap length,neck,neck size,ring size system,pit to pit,hem,collar,band size,dress length,skirt length,leg length,strap drop,handle drop,shaft height,calf width,chain length,outseam,torso length",
  "~style":
    "style,pattern,season,fit,closure,theme,occasion,feature,finish,size type,size system,size chart,size guide,size group,size unit,size category,size standard,font size,file size,screen size,storage size,page size,background color,text color,accent color,theme color,color theme,secondary color,second color,additional color,other color,secondary colour,color code,color name,hex color,color map,style code,sub category,subcategory,sub type,secondary category,second category,store category,shop category,type,product format,collection,section,shop section,vintage,year,year made,when made,decade,era,age group,audience,listing type,listing format,listing duration,duration,format,publish date,visibility,status,product status,availability,schedule,channel,sales channel,template,variant,option name,option value,variation,attribute,attribute name,attribute value,genre,platform,capacity,storage,memory,storage capacity,department store,lining,lining material,sole material,upper material,outer material,fabric care,frame material,material care,material origin,strap material,brand type,brand origin,brand story,tag type,category tag,language,theme template,product template,size label,grade,grading,certificate,authenticity,rating,review,priority,tax category,google category,google product category,seller category,condition grade,shade name,band color,finish color,frame color,lens color,strap color,dial color,interior color,exterior color,weight unit,unit weight,weight unit measure,weight class,weight range,dimension unit,length unit,size run,unit of measure,unit,units,net weight,carat weight,gem weight,metal weight,item count unit,dispatch from,compatible brand,brand compatibility,compatibility,compatible model",
  "~message":
    "message,comment,reply,note buyer,note to buyer,message buyer,thank you message,feedback,question,answer,ask question,review text,terms,terms condition,term and condition,terms and conditions,i agree,agree term,remember me,reason,gift message,announcement,message to seller,report,order note,customer note,note customer,purchase note",
} as const;

export type MeaningClass = FieldClass | keyof typeof DECOY_WORDS;

/** Words whose options tell what a list is for. */
export const OPTION_WORDS: Partial<Record<MeaningClass, RegExp>> = {
  condition:
    /^(brand )?new\b|like new|\bused\b|pre-?owned|refurb|very good|^(excellent|good|fair|poor|acceptable|mint|worn|well worn|heavily used|gently used|lightly used|satisfactory|salvage|for parts.*|open box)\b/,
  colors:
    /^(black|white|red|blue|green|yellow|orange|purple|pink|brown|gr[ae]y|beige|gold|silver|navy|cream|tan|multi-?colou?r(ed)?|clear|other|teal|burgundy|khaki|turquoise|ivory|maroon|charcoal)$/,
  size: /^(xxs|xs|s|m|l|xl|xxl|2xl|3xl|4xl|one size|os|small|medium|large|x-large|x-small|extra (small|large)|(us|uk|eu) ?\d+(\.5)?)( \(.*\))?$/,
  shippingProfile: /\b(ship|shipping|delivery|pick ?up|pick-up|collection|meet ?up|in person)\b/,
  payer: /\b(buyer|seller|i( wi|')ll pay|i pay|free shipping|free)\b/,
  "~address":
    /^(united states|canada|germany|france|united kingdom|mexico|japan|alabama|alaska|california|texas|new york|usa?)$/,
  "~money": /^(usd|eur|gbp|cad|aud|jpy|us dollar|euro)\b/,
  "~person": /^(mr|mrs|ms|miss|dr|male|female)\.?$/,
  "~package": /^(usps|ups|fedex|dhl)\b|^(\d+-)?\d+ (business )?days?\b/,
  category:
    /^(clothing|electronics|home( (&|and) garden)?|furniture|books|toys|sports( (&|and) outdoors)?|vehicles|jewelry|women'?s?|men'?s?|kids|collectibles|beauty|shoes|accessories|pets?( supplies)?|musical instruments|art|baby|automotive|appliances|cameras.*)$|.+ (>|›|\/) .+/,
};

/** Headings that put everything under them out of play, and the class the field then is. */
export const CONTEXTS: [pattern: RegExp, meaning: MeaningClass, weight: number][] = [
  [/search engine|\bseo\b|meta(data| tag)|social (preview|sharing)|open graph/, "~metaTitle", 14],
  [
    /^(payment|billing|card)|payment (method|detail|info)|checkout|bank (account|detail)|payout/,
    "~money",
    14,
  ],
  [
    /newsletter|subscribe|log ?in|sign ?(in|up)|create (an )?account|contact (us|the seller|seller)|seller profile|(edit|your|my) profile|about (the )?seller/,
    "~person",
    14,
  ],
  [/^(your (details|contact)|contact|personal|seller|buyer)\b|seller (info|details)/, "~person", 6],
  [/^search|^filter|find (items|products)|refine/, "~search", 14],
  [
    /^(product |item )?(variant|variation)s?\b|^options? \d|bulk edit|other listings|recent|wholesale|related/,
    "~style",
    14,
  ],
  [/coupon|promotion|^discount/, "~code", 14],
  [/^(message|comment|ask|question|review|feedback|report)s?\b/, "~message", 14],
];
